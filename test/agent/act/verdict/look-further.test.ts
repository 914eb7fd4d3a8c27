import t from 'tap';
import type { Heard } from '../../../../agent/act/verdict/hear-witness.ts';
import { createLookingFurther } from '../../../../agent/act/verdict/look-further.ts';
import { death } from '../../explain/sample-death.ts';
import { recorded } from '../../explain/witnessed/case.ts';
import { fatal, manager } from '../../explain/witnessed/composed/people.ts';

/** A machine on which nobody wrote anything down. */
const silent = {
  ...{ inquire: async () => [], commandsNaming: async () => [], socketOf: () => undefined },
  ...{ nameOf: (uid: number) => `user${uid}`, now: () => 0 },
};

const returning = (isTrue: boolean) => ({ mayReturn: () => isTrue, pause: async () => undefined });

t.test('it asks about the unit of the server, and about all that is above a victim', async (t) => {
  const { testimony } = recorded(fatal(100, 1, 15), manager, []);
  const asked: string[] = [];
  const named: string[] = [];
  const look = createLookingFurther({
    ...silent,
    hear: async () => ({}),
    inquire: async (_span, { units, servers }) => {
      asked.push(...units);
      t.match(servers, [{ server: 'deploy', sessions: ['$1'], ended: false }]);
      return [{ source: 'audit', facts: [], missing: 'no' }];
    },
    commandsNaming: async (question) => {
      named.push(...question.naming);
      return [];
    },
    ...returning(false),
    socketOf: (server) => `/run/holdfast/tmux/${server}/tmux.sock`,
  });
  const found = { deaths: [death({ server: 'deploy' })], serverEnd: null };
  const further = await look(found, { testimony: testimony ?? null });
  t.strictSame(asked, ['holdfast-tmux@deploy.service', 'system.slice', 'web.service']);
  t.strictSame(
    named,
    ['holdfast-tmux@deploy.service', 'holdfast-tmux@deploy', 'system.slice', 'web.service', 'web'],
    'and which programs began with their names',
  );
  t.match(further, { unread: ['audit: no'], facts: [], commands: [] });
  asked.length = 0;
  const cgroup = '/user.slice/user-7.slice/user@7.service/app.slice/cron.service';
  const ofUser = recorded(fatal(100, 900, 15), { cgroups: { 900: cgroup } }, []);
  await look(found, { testimony: ofUser.testimony ?? null });
  const [, ...ofSender] = asked;
  t.strictSame(ofSender, ['user@7.service'], 'units of a user are not those of the machine');
});

t.test('it asks a witness again that had not told, or not read, all of it', async (t) => {
  const { testimony = null } = recorded(fatal(100, 1, 15), manager, []);
  const one = death();
  const heardBy = async (heard: Heard): Promise<number[]> => {
    const asked: number[] = [];
    const look = createLookingFurther({
      hear: async (_found, withinMs) => {
        asked.push(withinMs);
        return { testimony };
      },
      ...silent,
      ...returning(false),
    });
    t.match(await look({ deaths: [one], serverEnd: null }, heard), { testimony });
    return asked;
  };
  const readUntil = (at: number): Heard => ({
    testimony: testimony && { ...testimony, readUntil: at },
  });
  t.strictSame(await heardBy(readUntil(one.found)), []);
  t.strictSame(await heardBy({ testimony }), [], 'of an older release');
  t.strictSame(await heardBy(readUntil(one.found - 1)), [5000]);
  t.strictSame(await heardBy({ untold: 'late' }), [5000]);
});

t.test('a witness that was there before is waited for, and not for ever', async (t) => {
  const { testimony = null } = recorded(fatal(100, 1, 15), manager, []);
  const askUntil = async (answersAt: number, mayReturn: boolean) => {
    let tries = 0;
    const look = createLookingFurther({
      hear: async () => {
        tries += 1;
        return tries >= answersAt ? { testimony } : { untold: 'no witness is running' };
      },
      ...silent,
      ...returning(mayReturn),
    });
    const { untold } = await look({ deaths: [death()], serverEnd: null }, { untold: 'gone' });
    return { tries, told: untold === undefined };
  };
  t.same(await askUntil(3, true), { tries: 3, told: true });
  t.same(await askUntil(3, false), { tries: 1, told: false }, 'there has never been one');
  t.same(await askUntil(9, true), { tries: 4, told: false });
});
