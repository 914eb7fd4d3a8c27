import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { polkit } from '../../../agent/cli/command/polkit.ts';
import type { KnownEvidence } from '../../../agent/cli/doctor/check.ts';
import { unitRights } from '../../../agent/cli/doctor/checks/unit-rights.ts';
import { overview } from '../../../agent/cli/view/overview.ts';
import { unitTable } from '../../../agent/cli/view/unit-table.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { polkitRule, polkitRuleFile } from '../../../agent/model/polkit-rule.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import type { UnitLine } from '../../../agent/model/status/unit-line.ts';
import { aBot, aLogin, aUnit } from '../../exporters/prometheus/document.ts';
import { machineWith, only } from './doctor-machine.ts';
import { makeHome, startFakeAgent } from './fake-agent.ts';
import { runCli } from './run-cli.ts';
import { statusOf } from './sample.ts';

const now = 1_793_491_200_000;
const terminal = { columns: 120, rows: 40, paint: (_: unknown, text: string) => text } as never;
const unit = 'telegram-gateway.service';

t.test('units are shown with their bots, their health and how they ended last', async (t) => {
  const end: UnitLine['end'] = {
    ...{ at: now - 9000, how: 'died', result: 'signal', exit: null, why: 'by \u001b[31m SIGKILL' },
  };
  const units = [
    aUnit({ bots: [aBot()], end }),
    aUnit({ name: 'given-up', status: 'failed', breaker: 'open', rssBytes: null, cpu: null }),
  ];
  t.match(unitTable(units, null, now, terminal), [
    /^UNIT +STATE +SINCE +BOT +HEALTH +MEM +CPU +DEATHS +LAST END$/,
    /^gateway +up +1h +ready +healthy +[\d.]+M +25% +2 +died: by .*SIGKILL$/,
    /^given-up +failed, given up +1h/,
  ]);
  t.strictSame(unitTable([], 'gone', now, terminal), []);
  t.match(unitTable(units, 'systemctl is not installed', now, terminal).at(-1), /no systemd here/);
  const document: StatusDocument = { ...statusOf(), units };
  const lines = overview({ document, source: 'agent', exit: 0 } as never, now, terminal);
  t.ok(lines.some((line) => line.startsWith('given-up')));
});

t.test('one unit is shown by its name', async (t) => {
  const end: UnitLine['end'] = {
    ...{ at: now - 9000, how: 'died', result: 'signal', exit: null, why: 'by \u001b[31m SIGKILL' },
  };
  const units = [
    aUnit({ end, healthRestarts: 1, refresh: aLogin }),
    aUnit({ name: 'new', pid: null, restarts: null }),
  ];
  const { home } = await startFakeAgent(t, {
    status: (): StatusDocument => ({ ...statusOf(), units }),
  });
  const ask = (...words: string[]) => runCli(['status', ...words, '--home', home]);
  const [page, full, fresh, json, none] = await Promise.all([
    ...[ask('gateway'), ask('systemd.system:gateway'), ask('new'), ask('gateway', '--json')],
    ask('nobody'),
  ]);
  t.match(page, { code: 0, stdout: /^UNIT +STATE.*\ngateway +up/ });
  t.match(
    page?.stdout,
    /\.service, pid \d+, started again by systemd \d+ times?, restarted for its health 1 time\n/,
  );
  t.match(page?.stdout, /last end: died .*SIGKILL/);
  t.notMatch(page?.stdout, /\u001b/);
  t.match(
    page?.stdout,
    /\nlogin: .* old by its bot, .*\n(?:.*\n)*4 refreshes: 3 worked, 1 failed\n/,
  );
  t.match(page?.stdout, /gateway is healthy/);
  t.match(full?.stdout, /\ngateway +up/);
  t.match(fresh?.stdout, /\.service, restarted for its health \d+ times?\n/);
  t.match(JSON.parse(json?.stdout ?? ''), {
    sessions: [],
    units: [{ name: 'gateway', refresh: aLogin }],
  });
  t.match(none, { stderr: /there is no session or unit "nobody"/ });
});

t.test('one that nothing happened to has no incident, and is shown elsewhere', async (t) => {
  const { home } = await startFakeAgent(t, {
    status: (): StatusDocument => ({ ...statusOf(), units: [aUnit()] }),
    incident: ({ session, id }: { session?: string; id?: string }) => {
      throw new RequestFailure('unknown-incident', `no incident is known for "${session ?? id}"`);
    },
  });
  const [known, other] = await Promise.all([
    runCli(['why', 'gateway', '--home', home]),
    runCli(['why', 'web', '--home', home]),
  ]);
  t.match(known, {
    code: 1,
    stderr: /for "gateway"; how the unit is now: holdfast status gateway/,
  });
  t.match(other, { code: 1, stderr: /for "web"\n$/ });
});

t.test('their names are completed, and their checks are shown', async (t) => {
  const { home } = await startFakeAgent(t, {
    status: (): StatusDocument => ({ ...statusOf(), units: [aUnit()] }),
  });
  const [plain, names, health] = await Promise.all([
    runCli(['sessions', '--names', '--home', home]),
    runCli(['sessions', '--names', '--units', '--home', home]),
    runCli(['health', 'systemd.system:gateway', '--home', home]),
  ]);
  t.equal(names.stdout, `${plain.stdout}gateway\n`);
  t.match(health.stdout, /gateway is healthy/);
});

t.test('the rule for the declared units is printed, or put where polkit reads it', async (t) => {
  const { home, paths } = makeHome(t);
  writeFileSync(paths.config, `units: {gateway: {unit: ${unit}}}\n`);
  const printed = await runCli(['polkit', '--home', home]);
  t.match(printed, { code: 0, stdout: polkitRule([unit]), stderr: '' });
  const json = JSON.parse((await runCli(['polkit', '--json', '--home', home])).stdout);
  t.match(json, { file: polkitRuleFile, units: [unit], rule: polkitRule([unit]), outcome: null });

  const directory = mkdtempSync(join(tmpdir(), 'hf-polkit-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const file = join(directory, '49-holdfast-units.rules');
  const lines: string[] = [];
  const context = { paths, json: false, stdout: { line: (line: string) => lines.push(line) } };
  const write = (to = file) => polkit(context as never, { write: true }, to);
  await write();
  t.equal(readFileSync(file, 'utf8'), polkitRule([unit]));
  await write();
  chmodSync(file, 0o600);
  await write();
  const umask = process.umask(0o077);
  rmSync(file);
  await write().finally(() => process.umask(umask));
  t.equal(statSync(file).mode & 0o777, 0o644, 'whatever the umask of root');
  writeFileSync(paths.config, 'sessions:\n');
  await write();
  await write();
  t.strictSame(readdirSync(directory), [], 'no unit, no rights');
  t.same(
    lines.map((line) => line.split(' ')[0]),
    ['written', 'unchanged', 'written', 'written', 'removed', 'unchanged'],
  );
  writeFileSync(paths.config, `units: {gateway: {unit: ${unit}}}\n`);
  await t.rejects(write('/proc/none/x.rules'), { code: 'rule-unwritten' });
});

t.test('the doctor says whether the agent may control them', async (t) => {
  const evidence = (more: Partial<KnownEvidence> = {}): KnownEvidence => ({
    ...{ embedded: false, witness: null, sources: [], units: [unit], unitsUnseen: null, ...more },
  });
  const root = { uid: 0 };
  const look = (files: Record<string, string>, more = {}, machine: object = root) =>
    only(unitRights, machineWith(t, files, machine), [], evidence(more));
  t.match(await look({ [polkitRuleFile]: polkitRule([unit]) }), { status: 'ok' });
  const missing = await look({});
  t.match(missing, { status: 'warn', fix: 'sudo holdfast polkit --write', title: /may not/ });
  t.strictSame(missing.mend?.steps, [
    { does: 'run', program: 'holdfast', args: ['polkit', '--write'] },
  ]);
  t.match(await look({ [polkitRuleFile]: polkitRule([]) }), { title: /other units/ });
  const ruled = machineWith(t, { [polkitRuleFile]: polkitRule([unit]) }, root);
  t.match(await unitRights(ruled, [], evidence({ unitsMissing: [unit] })), [
    { status: 'warn', title: '1 unit declared that systemd does not have', detail: /^telegram-/ },
    { status: 'ok' },
  ]);
  t.match(await look({}, {}, { uid: 1000 }), { status: 'unknown', detail: /only root can look/ });
  t.match(await look({}, { unitsUnseen: 'systemctl is not installed' }), { status: 'warn' });
  t.match(await look({}, { embedded: true }), { status: 'ok', title: '1 unit declared' });
  t.strictSame(await unitRights(machineWith(t, {}), [], evidence({ units: [] })), []);
  t.strictSame(await unitRights(machineWith(t, {}), [], null), []);
});
