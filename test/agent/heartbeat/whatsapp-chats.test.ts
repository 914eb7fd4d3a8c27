import t from 'tap';
import {
  createChatsPoll,
  type PolledChat,
} from '../../../agent/heartbeat/attach/whatsapp-chats.ts';

interface Message {
  body: string;
  timestamp: number;
}
type Chat = PolledChat<Message> & { id: { _serialized: string } };

const begun = 1_700_000_000;
const never = new AbortController().signal;

/** A chat of so many messages, the last of them at its time. Asked for, it is put down in `asked`. */
const chatOf = (asked: string[], name: string, n: number, messages = 1): Chat => ({
  id: { _serialized: name },
  timestamp: begun + n,
  async fetchMessages({ limit = 0 }) {
    asked.push(`${name} ${limit}`);
    const all = Array.from({ length: messages }, (_, i) => ({
      body: `${name} ${i}`,
      timestamp: begun + n,
    }));
    return all.slice(-limit);
  },
});

const pollOf = (chats: Chat[]) => {
  const counted: string[] = [];
  const poll = createChatsPoll<Message>({
    getChats: async () => chats,
    count: (name) => counted.push(name),
  });
  const ask = async (signal = never) => {
    const answer = await poll(begun * 1000, signal);
    if (!('messages' in answer)) throw new Error('it says whether it is complete');
    return { ...answer, bodies: answer.messages.map(({ body }) => body) };
  };
  return { ask, counted };
};

t.test('of many chats each is asked, by the polls that follow', async (t) => {
  const asked: string[] = [];
  const { ask } = pollOf(Array.from({ length: 120 }, (_, n) => chatOf(asked, `c${n}`, n)));
  const answers = [await ask(), await ask(), await ask()];
  t.same(
    answers.map(({ complete, messages }) => [complete, messages.length]),
    [
      [false, 50],
      [false, 50],
      [true, 20],
    ],
  );
  t.equal(answers[0]?.bodies[0], 'c119 0', 'the latest first');
  t.equal(new Set(asked).size, 120);
  t.equal((await ask()).bodies[0], 'c119 0', 'and then again');
});

t.test('of a chat where much was said more is asked for', async (t) => {
  const asked: string[] = [];
  const { ask, counted } = pollOf([
    chatOf(asked, 'much', 1, 300),
    chatOf(asked, 'some', 2, 49),
    chatOf(asked, 'old', -1, 300),
    chatOf(asked, 'most', 0, 501),
  ]);
  const { messages, complete } = await ask();
  t.same(asked, ['some 50', 'much 50', 'much 500', 'most 50', 'most 500']);
  t.equal(messages.length, 849);
  t.equal(complete, true);
  t.same(counted, ['chats cut'], 'what could not be had is counted');
});

t.test('where it goes back far enough no more is asked for', async (t) => {
  const asked: string[] = [];
  const chat = chatOf(asked, 'a', 1, 50);
  const fetch = chat.fetchMessages;
  chat.fetchMessages = async (options) => [
    { body: 'of before', timestamp: begun - 1 },
    ...(await fetch(options)).slice(1),
  ];
  await pollOf([chat]).ask();
  t.same(asked, ['a 50']);
});

t.test(
  'a chat that fails, and one that never answers, keep no other from being asked',
  async (t) => {
    const asked: string[] = [];
    const bad = {
      ...chatOf(asked, 'bad', 4),
      fetchMessages: () => Promise.reject(new Error('no')),
    };
    const hanging = Promise.withResolvers<void>();
    const frozen: Chat = {
      ...chatOf(asked, 'frozen', 2),
      fetchMessages() {
        hanging.resolve();
        return new Promise(() => {});
      },
    };
    const chats = [bad, chatOf(asked, 'a', 3), frozen, chatOf(asked, 'b', 1)];
    const { ask, counted } = pollOf(chats);
    const given = new AbortController();
    const first = ask(given.signal);
    await hanging.promise;
    given.abort();
    t.match(await first, { bodies: ['a 0'], complete: false });
    t.match(await ask(), { bodies: ['b 0'], complete: true });
    t.same(counted, ['chats failed', 'chats failed']);
  },
);

t.test(
  'where no chat can be read the poll has failed, also that of a page that is frozen',
  async (t) => {
    const bad = { ...chatOf([], 'bad', 1), fetchMessages: () => Promise.reject(new Error('no')) };
    const { ask } = pollOf([bad]);
    await t.rejects(ask(), { message: 'no chat could be read' });
    await t.rejects(ask(), 'it is asked again');
    const given = new AbortController();
    const poll = createChatsPoll({ getChats: () => new Promise<never>(() => {}), count: () => {} });
    const answer = poll(0, given.signal);
    given.abort();
    await t.rejects(answer, { name: 'AbortError' });
  },
);
