import { join } from 'node:path';
import t from 'tap';
import { stringify } from 'yaml';
import { parseConfig } from '../../agent/model/config/parse.ts';
import { wrongIn } from './matches.ts';
import { ansible, type Mapping, options, read } from './role.ts';

interface Group {
  hosts: Record<string, Mapping | null>;
  vars?: Mapping;
}

const inventory = (path: string): Group =>
  (read(join(ansible, path)) as { holdfast: Group }).holdfast;
const variables = read(join(ansible, 'inventory/group_vars/holdfast/main.yml')) as Mapping;
const vault = read(join(ansible, 'inventory/group_vars/holdfast/vault.yml.example')) as Mapping;

const ofRole = (values: Mapping): Mapping =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('ansible_')));

t.test('the checker sees what is wrong', async (t) => {
  t.same(wrongIn(options, { holdfast_metrcs: true }), ['holdfast_metrcs is unknown']);
  t.same(wrongIn(options, { holdfast_metrics: 'maybe' }), ['holdfast_metrics is no bool']);
  t.same(wrongIn(options, { holdfast_owners: [{ nmae: 'deploy' }] }), [
    'holdfast_owners[0].nmae is unknown',
    'holdfast_owners[0].name is missing',
  ]);
});

for (const path of ['inventory/example.yml', 'local.yml']) {
  t.test(`${path} has what the role takes`, async (t) => {
    const { hosts, vars = {} } = inventory(path);
    t.not(Object.keys(hosts).length, 0);
    for (const values of [vars, ...Object.values(hosts)]) {
      t.same(wrongIn(options, ofRole(values ?? {})), []);
    }
  });
}

t.test('the variables of the group are what the role takes', async (t) => {
  t.same(wrongIn(options, variables), []);
});

t.test('secrets are in the vault alone, and every one is given to somebody', async (t) => {
  const credentials = variables['holdfast_credentials'] as Record<string, string>;
  const asked = Object.values(credentials).map(
    (value) => /^\{\{ (vault_\w+)(\[inventory_hostname\])? \}\}$/.exec(value)?.[1],
  );
  t.same(asked.sort(), Object.keys(vault).sort());
  const owners = Object.values(inventory('inventory/example.yml').hosts).flatMap(
    (host) => (host?.['holdfast_owners'] ?? []) as { credentials?: string[] }[],
  );
  const given = [
    ...(variables['holdfast_notifier_credentials'] as string[]),
    ...owners.flatMap(({ credentials: names = [] }) => names),
  ];
  t.same(given.sort(), Object.keys(credentials).sort());
});

t.test('every host has a bot of its own', async (t) => {
  const tokens = vault['vault_holdfast_telegram_tokens'] as Mapping;
  t.same(Object.keys(tokens), Object.keys(inventory('inventory/example.yml').hosts));
});

t.test('the configuration of the example is one that Holdfast takes', async (t) => {
  const config = { ...(variables['holdfast_config'] as Mapping) };
  config['sessions'] = variables['holdfast_sessions'];
  const text = stringify(config);
  t.doesNotThrow(() => parseConfig([{ path: 'holdfast.yaml', text }], { home: '/home/deploy' }));
});
