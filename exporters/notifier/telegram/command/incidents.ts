import { deathHeadline } from '../../../../agent/model/text/cause-text.ts';
import type { BotContext } from '../bot/context.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData } from '../format/button-data.ts';
import { lines } from '../format/rich.ts';
import { ago } from '../format/time.ts';
import { headlineSpans } from '../headline.ts';
import { incidentTexts } from '../texts/incidents.ts';

const mostShown = 8;

/** The last ones, newest first, with a button for each. */
export const incidents = async (context: BotContext, talk: Talk): Promise<void> => {
  const answer = await context.agent.call('incidents', { limit: mostShown });
  const newest = [...answer.incidents].sort((a, b) => b.openedAt - a.openedAt).slice(0, mostShown);
  if (newest.length === 0) return talk.say(incidentTexts.none);
  await talk.say(
    lines(
      incidentTexts.title(newest.length),
      ...newest.map((incident, i) => [
        `${i + 1}. `,
        headlineSpans(deathHeadline(incident), 'plain'),
        ` (${ago(incident.openedAt, context.now())})`,
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
