/**
 * All items of several queues, each time of the queue that has had least so far; the first of those in doubt.
 * @param costOf asked when the next item is: what one cost may be known only when it is done
 */
export function* inTurns<Item>(
  queues: Iterable<readonly Item[]>,
  costOf: (item: Item) => number,
): Generator<Item> {
  let open = [...queues].map((items) => ({ rest: items.values(), had: 0 }));
  while (open.length > 0) {
    const least = open.reduce((a, b) => (b.had < a.had ? b : a));
    const { done, value } = least.rest.next();
    if (done) {
      open = open.filter((queue) => queue !== least);
      continue;
    }
    yield value;
    least.had += costOf(value);
  }
}
