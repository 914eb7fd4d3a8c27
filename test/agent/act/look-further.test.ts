import t from 'tap';
import { createLookingFurther } from '../../../agent/act/look-further.ts';
import { death } from '../explain/sample-death.ts';
import { recorded } from '../explain/trace/case.ts';
import { fatal, manager } from '../explain/trace/composed/people.ts';

t.test('it asks about the unit of the server, and about all that is above a victim', async (t) => {
  const { testimony } = recorded(fatal(100, 1, 15), manager, []);
  const asked: string[] = [];
  const look = createLookingFurther({
    hear: async () => ({}),
    inquire: async (_span, { units }) => {
      asked.push(...units);
      return [{ source: 'audit', facts: [], missing: 'no' }];
    },
    socketOf: (server) => `/run/holdfast/tmux/${server}/tmux.sock`,
    now: () => 0,
  });
  const found = { deaths: [death({ server: 'deploy' })], serverEnd: null };
  const further = await look(found, { testimony: testimony ?? null });
  t.strictSame(asked, ['holdfast-tmux@deploy.service', 'system.slice', 'web.service']);
  t.match(further, { unread: ['audit: no'], facts: [] });
});
