import t, { type Test } from 'tap';
import { createPhone } from './phone.ts';
import { startForTest } from './start-for-test.ts';

const start = async (t: Test) => {
  const { api } = await startForTest(t);
  createPhone(api, { id: 4711, name: 'Ada' }).send('/start');
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${api.root}${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  const form = { method: 'POST', body: new URLSearchParams({ chat_id: '4711', text: 'a&b' }) };
  return { api, call, form, own: `/bot${api.token}` };
};

t.test('parameters in the address, in a form and in JSON', async (t) => {
  const { api, call, form, own } = await start(t);
  t.match(await call(`${own}/sendMessage?chat_id=4711&text=a%26b`), { status: 200 });
  t.match(await call(`${own}/sendmessage`, form), { body: { ok: true } });
  const multipart = new FormData();
  multipart.set('chat_id', '4711');
  multipart.set('text', 'a&b');
  multipart.set('reply_markup', '{"inline_keyboard":[[{"text":"x","callback_data":"x"}]]}');
  t.match(await call(`${own}/sendMessage`, { method: 'POST', body: multipart }), {
    body: { result: { text: 'a&b', reply_markup: { inline_keyboard: [[{ text: 'x' }]] } } },
  });
  const headers = { 'content-type': 'application/json' };
  const body = '{"chat_id":4711,"text":"a&b"}';
  t.match(await call(`${own}/sendMessage`, { method: 'POST', headers, body }), { status: 200 });
  t.same(
    api.ledger.calls('sendMessage').map(({ parameters }) => parameters['text']),
    Array(4).fill('a&b'),
  );
});

t.test('what is no call', async (t) => {
  const { call, own } = await start(t);
  t.same(await call('/'), {
    status: 404,
    body: { ok: false, error_code: 404, description: 'Not Found' },
  });
  t.match(await call(`${own}/sendMoney`), { body: { description: 'Not Found: method not found' } });
  t.match(await call(`${own}/constructor`), { status: 404 });
  t.match(await call('/bot1:wrong/getMe'), {
    status: 401,
    body: { ok: false, error_code: 401, description: 'Unauthorized' },
  });
  const headers = { 'content-type': 'application/json' };
  const broken = { method: 'POST', headers, body: '{"chat_id"' };
  t.match(await call(`${own}/sendMessage`, broken), { status: 400 });
  const torn = { 'content-type': 'multipart/form-data; boundary=x' };
  t.match(await call(`${own}/sendPhoto`, { method: 'POST', headers: torn, body: '--x\r\nfoo' }), {
    status: 400,
  });
});

t.test('a request too large', async (t) => {
  const { call, own } = await start(t);
  const body = new FormData();
  body.set('document', new Blob([Buffer.alloc(51 * 1024 * 1024)]), 'large');
  t.match(await call(`${own}/sendDocument`, { method: 'POST', body }), { status: 413 });
});

t.test('the token is kept nowhere', async (t) => {
  const { api, call, form, own } = await start(t);
  await call(`${own}/sendMessage`, form);
  await call(`${own}/getMe`);
  t.equal(api.ledger.requests.length, 2);
  const { messages, requests, timeline } = api.ledger;
  t.notOk(JSON.stringify({ messages, requests, timeline }).includes(api.token));
});
