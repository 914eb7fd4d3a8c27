import { shown } from '../../telegram/ledger.ts';
import type { Phone } from '../../telegram/phone.ts';
import type { Expected } from './expected.ts';
import { type Believed, believedOf } from './outbox-rows.ts';
import { type Seen, seenOn, sizeOf } from './seen.ts';

/** What one person sees, beside what the notifier believes that he was told. */
export interface Sight {
  name: string;
  phone: Phone;
  seen: Seen;
  believed: Believed;
}

/** @param outbox its file, when the notifier has ended */
export const sightOf = (phone: Phone, outbox: string): Sight => ({
  name: phone.person.first_name,
  phone,
  seen: seenOn(phone.messages()),
  believed: believedOf(outbox, `telegram:${phone.person.id}`),
});

/** The incidents that are neither in a message of their own nor in a storm, or stand there otherwise than they are. */
export const wronglyTold = (
  { seen, believed }: Sight,
  incidents: readonly Expected[],
): Expected[] => {
  const folded = believed.storms.flatMap((storm) => storm.incidents);
  const known = new Map(folded.map(({ incident, isOver }) => [incident, isOver]));
  return incidents.filter(
    ({ incident, isOver }) => (known.get(incident) ?? seen.alone.get(incident)) !== isOver,
  );
};

/** The storms that are not on the phone as what they are: so many alerts, so many of them over. */
export const wrongStorms = ({ phone, believed }: Sight): unknown[] =>
  believed.storms.filter(({ messages, alerts, over }) => {
    const message = phone.messages().find(({ messageId }) => messages.includes(messageId));
    const size = message && sizeOf(shown(message));
    // Of one alert it says all that is known.
    return alerts === 1 ? !message : size?.alerts !== alerts || size.over !== over;
  });

/** How often something was sent that had been sent: all but one message of an alert is unknown to the notifier. */
export const twiceOn = ({ seen, believed }: Sight): number =>
  seen.rungTwice +
  seen.messages.filter(({ messageId }) => !believed.messages.has(messageId)).length;
