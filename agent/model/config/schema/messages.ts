import * as v from 'valibot';
import { maxNameOfBot } from '../../bot/bots.ts';
import { duration, mapping, wholeNumber } from '../fields.ts';
import { expecting } from '../message.ts';
import { isCommand } from '../shapes.ts';
import { hours } from './hours.ts';

const nameOfBot = expecting('the name a bot of it gives itself');

const bot = v.pipe(
  v.optional(
    v.pipe(v.string(nameOfBot), v.minLength(1, nameOfBot), v.maxLength(maxNameOfBot, nameOfBot)),
  ),
  v.description('Which bot, where there are several. Without it: all of them together.'),
);

export const messages = v.pipe(
  mapping({
    within: v.pipe(duration('1s', '7d'), v.description('In which time.'), v.examples(['30m'])),
    atLeast: v.pipe(
      v.optional(wholeNumber(1, 1_000_000), 1),
      v.description('So many messages have to come in.'),
    ),
    hours: v.pipe(
      v.optional(hours),
      v.description('When that is expected. Without it: always.'),
      v.examples([{ from: '08:00', to: '22:00', days: 'mon-fri', timezone: 'Europe/Rome' }]),
    ),
    bot,
  }),
  v.description(
    'A bot that counts its messages receives some. Fewer are no failure outside `hours`, and for the first `within` of them, of the bot and of the agent.',
  ),
);

const command = expecting('a command');

export const canary = v.pipe(
  mapping({
    run: v.pipe(
      v.string(command),
      v.maxLength(4000, command),
      v.check(isCommand, command),
      v.description(
        'Sends a message to the bot, as somebody else. Run by /bin/sh in the directory of the session, as its owner; exit status 0 says that it was sent. It has half a minute, or `timeout` where that is shorter.',
      ),
      v.examples(['./send-canary.sh']),
    ),
    every: v.pipe(
      v.optional(duration('1s', '7d'), '15m'),
      v.description(
        'How often. One that comes to something else than was known is followed by the next after a minute.',
      ),
    ),
    timeout: v.pipe(
      v.optional(duration('1s', '10m'), '60s'),
      v.description('How long it may take to arrive once it was sent.'),
    ),
    expect: v.pipe(
      v.optional(
        v.picklist(['received', 'answered'], expecting('received or answered')),
        'received',
      ),
      v.description('`answered`: the bot also has to send a message.'),
    ),
    hours: v.pipe(v.optional(hours), v.description('When it is sent. Without it: always.')),
    bot,
  }),
  v.description('A message that is sent to the bot arrives: one a command of yours sends.'),
);
