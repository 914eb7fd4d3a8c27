import t from 'tap';
import { captureScreen } from '../../../agent/app/capture-screen.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { after, bot, instance, running } from '../model/sample.ts';
import { ended } from '../model/sample-events.ts';

const answer = { text: 'a secret\x1b[2J', columns: 80, rows: 1 };

const capturing = (ask: () => Promise<unknown> = async () => answer, state = running) => {
  const asked: unknown[] = [];
  const capture = captureScreen({
    state: () => state,
    ask: (params) => {
      asked.push(params);
      return ask();
    },
    redact: (text, { screenWidth }) => text.replace('secret', `*${screenWidth}*`),
    now: () => 77,
  });
  return { capture, asked };
};

t.test('the screen of a session, by any of its names, as it may leave the machine', async (t) => {
  for (const name of ['work', 'main:work']) {
    const { capture, asked } = capturing();
    t.strictSame(await capture(name), {
      ...{ session: 'work', text: 'a *80*', columns: 80, rows: 1, takenAt: 77 },
    });
    t.strictSame(asked, [{ server: 'main', instance, tmuxId: '$2' }]);
  }
});

t.test('of what is not there, cannot be asked or does not answer there is none', async (t) => {
  const { capture, asked } = capturing();
  await t.rejects(capture('nobody'), { code: 'unknown-session' });
  await t.rejects(capturing(undefined, after(running, ended(bot))).capture('bot'), {
    code: 'not-running',
  });
  t.strictSame(asked, []);
  const noLink = () => Promise.reject(new RequestFailure('no-link', 'no link is connected'));
  await t.rejects(capturing(noLink).capture('bot'), { code: 'no-link' });
  await t.rejects(capturing(async () => ({})).capture('bot'), { code: 'invalid-answer' });
});
