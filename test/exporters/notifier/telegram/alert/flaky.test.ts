import t from 'tap';
import type { Channel, Receipt } from '../../../../../exporters/notifier/channel.ts';
import type { Fault } from '../../../../telegram/faults.ts';
import { shown } from '../../../../telegram/ledger.ts';
import { sampleCard } from '../../sample-card.ts';
import { openScene } from '../scene.ts';

const faults: readonly [Fault, ...Fault[]] = [
  { kind: 'error', code: 500 },
  { kind: 'error', code: 429, retryAfter: 4 },
  { kind: 'page', code: 502, moment: 'before' },
  { kind: 'page', code: 502, moment: 'after' },
  { kind: 'torn', moment: 'before' },
  { kind: 'torn', moment: 'after' },
  { kind: 'torn', moment: 'middle' },
  { kind: 'garbage', moment: 'after' },
];

const never = new AbortController().signal;

/** As the outbox does, without its waits. @returns how often it was tried in vain */
const insist = async (
  channel: Channel,
  card: ReturnType<typeof sampleCard>,
  receipt: Receipt | null,
): Promise<{ receipt: Receipt | null; tries: number }> => {
  for (let tries = 0; ; tries += 1) {
    const outcome = await channel.deliver(card, receipt, never);
    if (outcome.kind === 'accepted') return { receipt: outcome.receipt, tries };
    if (outcome.kind !== 'later' || tries > 60) throw new Error(JSON.stringify(outcome));
  }
};

t.test('every alert arrives over a line that fails in every way', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const [channel] = scene.telegram.channels();
  if (!channel) throw new Error('no channel');
  const methods = ['sendMessage', 'editMessageText'];
  scene.api.faults.random({ seed: 4, share: 0.35, faults, methods });
  let tries = 0;
  const alerts = Array.from({ length: 60 }, (_, i) => `alert-${i}`);
  for (const alert of alerts) {
    const first = await insist(channel, sampleCard({ alert, headline: `${alert} fires` }), null);
    const over = sampleCard({
      alert,
      headline: `${alert} is over`,
      status: 'resolved',
      loud: false,
    });
    const second = await insist(channel, over, first.receipt);
    t.equal(second.receipt, first.receipt, 'in place');
    tries += first.tries + second.tries;
  }
  const texts = phone.messages().map((message) => shown(message).text);
  for (const alert of alerts)
    t.ok(
      texts.some((text) => text.includes(`${alert} is over`)),
      alert,
    );
  const told = texts.filter((text) => /alert-\d+ (is over|fires)/.test(text)).length;
  t.ok(scene.api.faults.happened() > 30, 'there were faults');
  t.ok(told - alerts.length <= tries, 'at most one more for each try in vain');
});
