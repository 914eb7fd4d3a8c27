import t from 'tap';
import { type Accepted, shown } from '../../../../telegram/ledger.ts';
import { type AskingScene, needOf, openAsking, secret } from './asking-bot.ts';

const isPicture = (message: Accepted): boolean => shown(message).media !== undefined;

/** The numbers of messages that ever had this text. */
const versionsWith = (scene: AskingScene, text: string): number[] =>
  scene.api.ledger
    .of()
    .filter(({ versions }) => versions.some((version) => version.text.includes(text)))
    .map(({ messageId }) => messageId);

t.test('nothing stays in the chat when the notifier stops', async (t) => {
  const scene = await openAsking(t);
  const phone = await scene.owner();
  const message = await scene.look(phone);
  await scene.restart();
  t.ok(message.deletedAt);
  t.notOk(phone.messages().some((one) => /still needs you/.test(shown(one).text)));
});

t.test('what an earlier process left is taken back by the next', async (t) => {
  const scene = await openAsking(t);
  const phone = await scene.owner();
  const message = await scene.look(phone);
  scene.api.faults.next('deleteMessage', { kind: 'torn', moment: 'before' });
  await scene.restart();
  await scene.until('it is gone', () => message.deletedAt !== undefined);
});

t.test('what cannot be taken back is tried again', async (t) => {
  const scene = await openAsking(t, undefined, { loginTimes: { sweepMs: 20 } });
  const phone = await scene.owner();
  const message = await scene.look(phone);
  scene.api.faults.next('deleteMessage', { kind: 'error', code: 500 });
  scene.ready();
  await phone.until('the end', /is logged in/);
  await scene.until('it is gone', () => message.deletedAt !== undefined);
});

t.test('on a disk that takes nothing nothing is shown, and that is said', async (t) => {
  const scene = await openAsking(t);
  const phone = await scene.owner();
  scene.db.exec('pragma query_only = on');
  phone.send('/login wa');
  await phone.until('why not', /^Not done: the disk is full, .*holdfast login$/);
  const [empty, ...more] = scene.api.ledger.of(phone.person.id).filter(isPicture);
  t.ok(empty?.deletedAt, 'its place is taken away');
  t.strictSame([more.length, empty?.versions.length], [0, 1], 'nothing was put into it');
  t.ok(scene.said.some((one) => /could not be kept/.test(one.message)));
  scene.db.exec('pragma query_only = off');
  await scene.look(phone);
});

t.test('a disk that becomes full while something is shown', async (t) => {
  const scene = await openAsking(t);
  const phone = await scene.owner();
  const message = await scene.look(phone);
  scene.db.exec('pragma query_only = on');
  scene.asking.needs = [needOf({ kind: 'code', text: 'ABCD-1234' })];
  await phone.until('why not', /^Not done: the disk is full/);
  t.ok(message.deletedAt);
  t.equal(versionsWith(scene, 'ABCD-1234').length, 0);
  scene.db.exec('pragma query_only = off');
});

for (const kind of ['qr', 'code'] as const) {
  const method = kind === 'qr' ? 'sendPhoto' : 'sendMessage';
  t.test(`a ${kind} whose first message nobody knows of is not in it`, async (t) => {
    const scene = await openAsking(t, [needOf({ kind })]);
    const phone = await scene.owner();
    scene.api.faults.next(method, { kind: 'torn', moment: 'after' });
    const lost = await phone.ask('/login wa');
    await scene.until('the failure', () =>
      scene.said.some((one) => /not be answered/.test(one.message)),
    );
    const message = await scene.look(phone);
    t.not(message.messageId, lost.messageId);
    t.equal(lost.versions.length, 1);
    t.match(shown(lost).text, /^… one moment\. If nothing comes here, ask again\.$/);
    t.ok(lost.protected && message.protected);
    const [empty] = message.versions;
    const { width, height, bytes } = shown(message).media ?? {};
    t.match(empty.media ?? {}, kind === 'qr' ? { width, height } : {}, 'as large as what follows');
    t.same(shown(lost).media?.bytes, empty.media?.bytes, 'nor is a picture of it');
    if (kind === 'qr') t.notSame(empty.media?.bytes, bytes);
    scene.ready();
    await phone.until('the end', /is logged in/);
    t.ok(message.deletedAt);
    t.strictSame(versionsWith(scene, secret), kind === 'qr' ? [] : [message.messageId]);
  });

  t.test(`a ${kind} is put only where the next process finds it`, async (t) => {
    const scene = await openAsking(t, [needOf({ kind })]);
    const phone = await scene.owner();
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const edit = kind === 'qr' ? 'editMessageMedia' : 'editMessageText';
    scene.api.faults.next(edit, { kind: 'held', moment: 'before', until });
    const message = await phone.ask('/login wa');
    await scene.api.ledger.until('the edit', (ledger) => ledger.calls(edit)[0]);
    const facts = JSON.stringify(scene.db.prepare('select value from facts').all());
    t.match(facts, `${message.chatId}/${message.messageId}`);
    release();
    await phone.until('the rest', /^Needs you/);
  });

  t.test(`a ${kind} that cannot be put into its message`, async (t) => {
    const scene = await openAsking(t, [needOf({ kind })]);
    const phone = await scene.owner();
    const edit = kind === 'qr' ? 'editMessageMedia' : 'editMessageText';
    const description = 'Bad Request: message to edit not found';
    scene.api.faults.next(edit, { kind: 'torn', moment: 'after' });
    scene.api.faults.next(edit, { kind: 'error', code: 400, description });
    const failed = () => scene.said.filter((one) => /not be answered/.test(one.message)).length;
    for (const count of [1, 2]) {
      const message = await phone.ask('/login wa');
      await scene.until('the failure', () => failed() === count);
      t.ok(message.deletedAt, 'whether it is there or not, it is taken away');
    }
  });
}
