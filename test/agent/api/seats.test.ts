import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { createSeats } from '../../../agent/api/seats.ts';

const client = (): Socket => new PassThrough() as unknown as Socket;

t.test('one more than there is room for takes the place of the most silent', async (t) => {
  const seats = createSeats(3);
  const clients = [client(), client(), client()];
  const taken = clients.map((socket) => seats.take(socket, 1));
  taken[0]?.heard();
  const late = client();
  t.ok(seats.take(late, 1));
  t.strictSame(
    [...clients, late].map(({ destroyed }) => destroyed),
    [false, true, false, false],
  );
});

t.test('who follows events is never sent away', async (t) => {
  const seats = createSeats(2);
  const clients = [client(), client()];
  for (const socket of clients) seats.take(socket, 1)?.keep();
  const late = client();
  t.equal(seats.take(late, 1), null);
  t.ok(late.destroyed);
  t.notOk(clients.some(({ destroyed }) => destroyed));

  const closed = new Promise((resolve) => clients[0]?.once('close', resolve));
  clients[0]?.destroy();
  await closed;
  t.ok(seats.take(client(), 1), 'a place that was left is free');
});

t.test('a follower that asks something keeps its place', async (t) => {
  const seats = createSeats(1);
  const follower = client();
  const seat = seats.take(follower, 1);
  seat?.keep();
  seat?.heard();
  t.equal(seats.take(client(), 1), null);
  t.notOk(follower.destroyed);
});

t.test('who has as many as he may have makes room among his own', async (t) => {
  const seats = createSeats(4);
  const [other, follower, silent] = [client(), client(), client()];
  seats.take(other, 1);
  seats.take(follower, 2, 2)?.keep();
  seats.take(silent, 2, 2);
  const late = client();
  t.ok(seats.take(late, 2, 2)?.keep);
  t.strictSame(
    [other, follower, silent, late].map(({ destroyed }) => destroyed),
    [false, false, true, false],
  );
  const full = createSeats(4);
  for (let n = 0; n < 2; n += 1) full.take(client(), 2, 2)?.keep();
  t.equal(full.take(client(), 2, 2), null, 'all of his follow events');
  t.ok(full.take(client(), 1), 'there is room for others');
});

t.test(
  'who may have all of them gets one of who has the most, though all follow events',
  async (t) => {
    const seats = createSeats(3);
    const [few, many, more] = [client(), client(), client()];
    seats.take(few, 1, 2)?.keep();
    seats.take(many, 2, 2)?.keep();
    seats.take(more, 2, 2)?.keep();
    const operator = client();
    t.ok(seats.take(operator, 0, 3));
    t.strictSame(
      [few, many, more, operator].map(({ destroyed }) => destroyed),
      [false, true, false, false],
    );
    t.equal(seats.take(client(), 1, 2), null, 'nobody else does, nor while he waits for an answer');
  },
);

t.test('who comes first gets one as well, and no more than he may have', async (t) => {
  const seats = createSeats(3);
  const [one, two, three] = [client(), client(), client()];
  for (const socket of [one, two, three]) seats.take(socket, 1, 3, false)?.keep();
  const take = () => seats.take(client(), 998, 1, true);
  t.ok(take()?.keep);
  t.strictSame(
    [one, two, three].map(({ destroyed }) => destroyed),
    [true, false, false],
  );
  t.equal(seats.take(client(), 2, 2), null, 'nobody takes it from him');
  const first = createSeats(3);
  for (const socket of [client(), client()]) first.take(socket, 1, 3, false)?.keep();
  first.take(client(), 998, 1, true)?.keep();
  t.equal(first.take(client(), 998, 1, true), null, 'he takes no second from the others');
});
