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
  asked.length = 0;
  const cgroup = '/user.slice/user-7.slice/user@7.service/app.slice/cron.service';
  const ofUser = recorded(fatal(100, 900, 15), { cgroups: { 900: cgroup } }, []);
  await look(found, { testimony: ofUser.testimony ?? null });
  const [, ...ofSender] = asked;
  t.strictSame(ofSender, ['user@7.service'], 'units of a user are not those of the machine');
});
