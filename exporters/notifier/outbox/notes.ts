import type { DatabaseSync } from 'node:sqlite';
import type { NotifierEvent } from '../../../agent/protocol/notifier.ts';

/** While no agent takes them the newest are kept: as many as a storm of a day. */
const maxNotes = 10_000;

/** As many as the agent takes at once. */
const portion = 50;

/** What the log is still to be told of what the notifier did. */
export const createNotes = (database: DatabaseSync) => {
  const add = database.prepare('insert into notes (json) values (?)');
  const first = database.prepare('select id, json from notes order by id limit ?');
  const drop = database.prepare('delete from notes where id <= ?');
  const bound = database.prepare('delete from notes where id <= (select max(id) from notes) - ?');

  return {
    add(event: NotifierEvent): void {
      add.run(JSON.stringify(event));
      bound.run(maxNotes);
    },
    /** The oldest. */
    first: (): { id: number; event: NotifierEvent }[] =>
      first.all(portion).map(({ id, json }) => ({
        id: Number(id),
        event: JSON.parse(String(json)),
      })),
    dropUpTo: (id: number): void => void drop.run(id),
  };
};
