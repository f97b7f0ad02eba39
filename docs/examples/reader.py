# Adds up what confirmed orders bring in. It needs confluent-kafka, psycopg and reader.sql:
# python3 reader.py localhost:9092 turnover order_events 'dbname=turnover'
import json
import sys

import psycopg
from confluent_kafka import Consumer, Message


def take(message: Message, database: psycopg.Connection) -> None:
    value = message.value()
    try:
        event = json.loads(value or b"")
    except ValueError:
        event = None  # kept below, for whoever has to look at it
    if isinstance(event, dict) and event.get("event_type") != "OrderConfirmed":
        return  # a type that nobody handles here, or does not know yet
    if not isinstance(event, dict) or event["event_version"] != 1:
        database.execute("insert into set_aside values (%s, %s, %s) on conflict do nothing",
                         (message.partition(), message.offset(), value))
        return  # not understood: nothing is guessed
    seen = database.execute("insert into seen values (%s) on conflict do nothing", (event["event_id"],))
    if seen.rowcount == 1:  # else it came before
        total = event["payload"]["total"]
        database.execute("insert into turnover values (%s, %s, %s)",
                         (event["order_id"], total["amount_minor"], total["currency"]))


def main(brokers: str, group: str, topic: str, database_url: str) -> None:
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": group,
                         "auto.offset.reset": "earliest", "enable.auto.commit": False})
    consumer.subscribe([topic])
    with psycopg.connect(database_url) as database:
        while True:
            messages = consumer.consume(500, timeout=1.0)
            for message in messages:
                error = message.error()
                if error is not None:
                    raise RuntimeError(error)
                take(message, database)
            database.commit()  # first the work,
            if messages:
                consumer.commit(asynchronous=False)  # then the position: what comes again has been seen


main(*sys.argv[1:5])
