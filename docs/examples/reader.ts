// Adds up what confirmed orders bring in. It needs kafkajs, pg and reader.sql:
// npx tsx reader.ts localhost:9092 turnover order_events postgres://localhost/turnover
import { Kafka, type KafkaMessage } from 'kafkajs';
import { Client } from 'pg';

const [brokers, group, topic, url] = process.argv.slice(2) as [string, string, string, string];
const database = new Client({ connectionString: url });
const consumer = new Kafka({ clientId: group, brokers: brokers.split(',') }).consumer({ groupId: group });

function parsed(value: Buffer | null): any {
  try {
    return JSON.parse(value?.toString('utf8') ?? '');
  } catch {
    return undefined; // kept below, for whoever has to look at it
  }
}

async function take(partition: number, message: KafkaMessage): Promise<void> {
  const event = parsed(message.value);
  if (event && event.event_type !== 'OrderConfirmed') {
    return; // a type that nobody handles here, or does not know yet
  }
  if (!event || event.event_version !== 1) {
    await database.query('insert into set_aside values ($1, $2, $3) on conflict do nothing',
      [partition, message.offset, message.value]);
    return; // not understood: nothing is guessed
  }
  const seen = await database.query('insert into seen values ($1) on conflict do nothing', [event.event_id]);
  if (seen.rowCount === 1) { // else it came before
    const { amount_minor, currency } = event.payload.total; // exact up to 2^53; read larger ones as text
    await database.query('insert into turnover values ($1, $2, $3)', [event.order_id, amount_minor, currency]);
  }
}

async function main(): Promise<void> {
  await database.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      await database.query('begin');
      try {
        await take(partition, message);
        await database.query('commit'); // first the work,
      } catch (failure) {
        await database.query('rollback');
        throw failure; // and it comes again
      }
      const offset = (BigInt(message.offset) + 1n).toString();
      await consumer.commitOffsets([{ topic, partition, offset }]); // then the position
    },
  });
}

void main();
