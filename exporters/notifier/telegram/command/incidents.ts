import { headline } from '../../../../agent/model/cause-text.ts';
import type { Desk } from '../bot/desk.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData } from '../bot/target.ts';
import { foreign, lines } from '../format/rich.ts';
import { ago } from '../format/time.ts';
import { incidentTexts } from '../texts.ts';

const mostShown = 8;

/** The last ones, newest first, with a button for each. */
export const incidents = async (desk: Desk, talk: Talk): Promise<void> => {
  const answer = await desk.agent.call('incidents', { limit: mostShown });
  const newest = [...answer.incidents].sort((a, b) => b.openedAt - a.openedAt).slice(0, mostShown);
  if (newest.length === 0) return talk.say(incidentTexts.none);
  await talk.say(
    lines(
      incidentTexts.title(newest.length),
      ...newest.map((incident, i) => [
        `${i + 1}. `,
        foreign(headline(incident), 'plain', 200),
        ` (${ago(incident.openedAt, desk.now())})`,
        incident.acknowledged ? ' 👍' : '',
      ]),
    ),
    newest.map(({ incident }, i) => ({
      text: incidentTexts.button(i + 1),
      data: buttonData('why', { incident }),
    })),
    4,
  );
};
