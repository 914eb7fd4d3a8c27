import type { Rule } from './declarations.ts';
import { declaredAddresses } from './named-channels.ts';
import { quote } from './quote.ts';

const hasOneAddress: Rule = ({ main }) =>
  declaredAddresses(main.alerts)
    .filter(([, { url, urlCredential }]) => (url === undefined) === (urlCredential === undefined))
    .map(([path, { url }]) => ({
      path,
      got: url === undefined ? 'neither url nor urlCredential' : 'url beside urlCredential',
      expected: 'one of the two',
    }));

/** A topic is the last part of its address. */
const namesATopic: Rule = ({ main }) =>
  Object.entries(main.alerts.ntfy)
    .filter(([, { url }]) => url !== undefined && new URL(url).pathname === '/')
    .map(([name]) => ({
      path: ['alerts', 'ntfy', name, 'url'],
      got: 'an address without a topic',
      expected: 'one that ends with a topic, as https://ntfy.sh/TOPIC',
    }));

const lastsAWhile: Rule = ({ main }) => {
  const { from, to } = main.alerts.quietHours ?? {};
  if (from === undefined || from !== to) return [];
  const path = ['alerts', 'quietHours', 'to'];
  return [{ path, got: quote(from), expected: 'another time than from' }];
};

export const alertRules: readonly Rule[] = [hasOneAddress, namesATopic, lastsAWhile];
