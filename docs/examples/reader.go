// Adds up what confirmed orders bring in. It needs franz-go, pgx and reader.sql:
// go run reader.go localhost:9092 turnover order_events postgres://localhost/turnover
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/twmb/franz-go/pkg/kgo"
)

type event struct {
	EventID      string `json:"event_id"`
	EventType    string `json:"event_type"`
	EventVersion int    `json:"event_version"`
	OrderID      string `json:"order_id"`
	Payload      struct {
		Total struct {
			AmountMinor *int64 `json:"amount_minor"`
			Currency    string `json:"currency"`
		} `json:"total"`
	} `json:"payload"`
}

func take(ctx context.Context, record *kgo.Record, work pgx.Tx) error {
	var kind struct {
		EventType string `json:"event_type"`
	}
	broken := json.Unmarshal(record.Value, &kind)
	if broken == nil && kind.EventType != "OrderConfirmed" {
		return nil // a type that nobody handles here, or does not know yet
	}
	var event event
	if broken != nil || json.Unmarshal(record.Value, &event) != nil || event.EventVersion != 1 ||
		event.Payload.Total.AmountMinor == nil {
		_, err := work.Exec(ctx, "insert into set_aside values ($1, $2, $3) on conflict do nothing",
			record.Partition, record.Offset, record.Value)
		return err // not understood: nothing is guessed
	}
	seen, err := work.Exec(ctx, "insert into seen values ($1) on conflict do nothing", event.EventID)
	if err != nil || seen.RowsAffected() == 0 {
		return err // it came before
	}
	total := event.Payload.Total
	_, err = work.Exec(ctx, "insert into turnover values ($1, $2, $3)", event.OrderID, *total.AmountMinor, total.Currency)
	return err
}

func main() {
	ctx := context.Background()
	client := must(kgo.NewClient(kgo.SeedBrokers(strings.Split(os.Args[1], ",")...), kgo.ConsumerGroup(os.Args[2]), kgo.ConsumeTopics(os.Args[3]),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.DisableAutoCommit(), kgo.BlockRebalanceOnPoll()))
	database := must(pgx.Connect(ctx, os.Args[4]))
	for {
		fetches := client.PollFetches(ctx)
		fail(fetches.Err())
		fail(pgx.BeginFunc(ctx, database, func(work pgx.Tx) (err error) { // first the work,
			fetches.EachRecord(func(record *kgo.Record) {
				if err == nil {
					err = take(ctx, record, work)
				}
			})
			return err
		}))
		fail(client.CommitUncommittedOffsets(ctx)) // then the position: what comes again has been seen
		client.AllowRebalance()
	}
}

func must[T any](made T, err error) T {
	fail(err)
	return made
}

func fail(err error) {
	if err != nil {
		log.Fatal(err) // started again, it goes on behind the last position
	}
}
