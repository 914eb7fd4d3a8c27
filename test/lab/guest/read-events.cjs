// Prints the events of Holdfast's log as JSON lines. usage: node read-events.cjs AFTER-SEQ
// In WAL mode reading needs no lock.
const { DatabaseSync } = require('node:sqlite');

const db = new DatabaseSync('/var/lib/holdfast/events.db', { readOnly: true });
const events = db.prepare('SELECT seq, body FROM events WHERE seq > ? ORDER BY seq');
for (const { seq, body } of events.iterate(Number(process.argv[2]))) {
  console.log(JSON.stringify({ ...JSON.parse(body), seq }));
}
