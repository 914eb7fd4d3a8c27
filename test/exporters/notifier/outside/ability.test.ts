import t from 'tap';
import { ability } from '../../../../exporters/notifier/outside/ability.ts';

const well = { isConnected: true, isStuck: false, people: 2, failed: 1 };

t.test('what keeps people from being told', async (t) => {
  t.same(ability(well), { ok: true, why: '' });
  t.match(ability({ ...well, isConnected: false }), { ok: false, why: /agent/ });
  t.match(ability({ ...well, isStuck: true }), { ok: false, why: /stored/ });
  t.match(ability({ ...well, failed: 2 }), { ok: false, why: /people/ });
  t.ok(ability({ ...well, people: 0, failed: 0 }).ok, 'only programs are told');
});
