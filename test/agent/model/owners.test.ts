import t from 'tap';
import { firstOwner, ownerDoubt } from '../../../agent/model/owners.ts';
import { after, declared, running } from './sample.ts';

const connected = (owner: string) => ({
  ...{ at: 1, type: 'link.connected' as const },
  data: { owner, uid: 1000, pid: 7, tmux: '3.5a' },
});
const lost = (owner: string) => ({
  ...{ at: 2, type: 'link.lost' as const },
  data: { owner, pid: 7, reason: '' },
});

const main = { server: 'main', managed: true, owner: null };
const alone = after({ ...running, links: {} }, declared('bot'), connected('deploy'));
const both = after(alone, connected('alice'));

t.test('the first owner stays the first, also when he is gone and comes again', async (t) => {
  t.equal(firstOwner({ links: {} }), null);
  t.equal(firstOwner(both), 'deploy');
  t.equal(firstOwner(after(both, lost('deploy'))), 'deploy');
  t.equal(firstOwner(after(both, lost('deploy'), connected('deploy'))), 'deploy');
});

t.test('of several owners any may be meant where the configuration names none', async (t) => {
  t.equal(ownerDoubt(alone, main), null);
  t.match(ownerDoubt(both, main), /^its sessions are with deploy, the first of several owners/);
  t.match(
    ownerDoubt(after(both, lost('deploy')), main),
    /with deploy/,
    'above all when he is gone',
  );
  t.equal(ownerDoubt(after(both, lost('alice')), main), null);
});

t.test('not where it is named, nor where no session is declared', async (t) => {
  t.equal(ownerDoubt(both, { ...main, owner: 'deploy' }), null);
  t.equal(ownerDoubt({ ...both, declared: {} }, main), null);
  t.equal(ownerDoubt(both, { ...main, managed: false }), null);
});
