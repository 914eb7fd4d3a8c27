import t from 'tap';
import type { Person } from '../../../../exporters/notifier/telegram/pairing/people.ts';
import {
  createReceive,
  type ReceivePorts,
} from '../../../../exporters/notifier/telegram/receive.ts';

const personOf = (user: string): Person => ({
  ...{ channel: 'telegram', user, name: 'Ada', pairedAt: 0, chat: user },
  deliverTo: `telegram:${user}`,
});

const updateFrom = (id: number, text = 'x') => ({
  message: { from: { id, is_bot: false, first_name: 'A' }, chat: { id, type: 'private' }, text },
});

/** Ada, 7, is paired; who writes `code` becomes a person. */
const receiving = (changes: Partial<ReceivePorts> = {}) => {
  const did: string[] = [];
  const receive = createReceive({
    people: { find: (user) => (user === '7' ? personOf(user) : null) },
    pairing: {
      meet: ({ remote: { user }, text }) => {
        did.push(`meet ${user}`);
        return text === 'code' ? personOf(user) : null;
      },
    },
    bot: { handle: async ({ text }, { user }) => void did.push(`answer ${user}: ${text}`) },
    greetings: { welcome: async (chat) => void did.push(`welcome ${chat}`) },
    say: (level, message, fields) => did.push(`${level}: ${message}: ${fields?.['error']}`),
    ...changes,
  });
  return { did, receive };
};

t.test(
  'who is paired is answered, who gives the code is welcome, others meet silence',
  async (t) => {
    const { did, receive } = receiving();
    await receive(updateFrom(7, 'code'));
    await receive(updateFrom(8));
    await receive(updateFrom(9, 'code'));
    t.same(did, ['answer 7: code', 'meet 8', 'meet 9', 'welcome 9']);
  },
);

t.test('what is no update of anybody is nothing', async (t) => {
  const { did, receive } = receiving();
  for (const strange of [null, undefined, 7, 'x', [], {}, { message: {} }]) await receive(strange);
  t.same(did, []);
});

t.test('what fails is said, and the next update is handled', async (t) => {
  const full = () => {
    throw new Error('disk full');
  };
  const { did, receive } = receiving({ pairing: { meet: full } });
  await receive(updateFrom(8));
  await receive(updateFrom(7));
  t.same(did, ['error: an update could not be handled: disk full', 'answer 7: x']);
});
