import t from 'tap';
import type { Config, Restart } from '../../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { ConfigFailure } from '../../../../agent/model/failure.ts';
import { emptyState } from '../../../../agent/model/state.ts';
import { createConfiguration } from '../../../../agent/observe/config/configuration.ts';
import { sampleConfig } from '../../model/config/sample-config.ts';
import { after } from '../../model/sample.ts';

const config = (autoAdopt: boolean, restart: Restart = 'on-failure'): Config =>
  sampleConfig({
    sessions: { bot: { server: 'main', command: null, cwd: null, env: {}, restart } },
    autoAdopt,
  });

const holding = (first: Config) => {
  const told: unknown[] = [];
  let state = emptyState();
  let next: () => Config = () => first;
  const record = (events: readonly NewEvent[]): void => {
    state = after(state, ...events);
    told.push(events.map(({ type }) => type));
  };
  const configuration: ReturnType<typeof createConfiguration> = createConfiguration(
    { config: first, warnings: ['odd'] },
    {
      ...{
        source: 'holdfast.yaml',
        managedSocket: (server: string) => `/run/tmux/${server}.sock`,
        record,
        state: () => state,
        now: () => 7,
      },
      load: () => ({ config: next(), warnings: [] }),
      onApplied: () => told.push(configuration.orders().map(({ server }) => server)),
      onWarning: (text) => told.push(text),
    },
  );
  return {
    ...{ configuration, told, state: () => state },
    setNext: (load: () => Config) => {
      next = load;
    },
  };
};

t.test('the first configuration is recorded, then told', async (t) => {
  const { configuration, told } = holding(config(true));
  configuration.begin();
  t.strictSame(told, [['config.applied', 'session.declared'], 'odd', ['main']]);
});

t.test('a new one takes its place; a broken one does not', async (t) => {
  const { configuration, told, state, setNext } = holding(config(true));
  configuration.begin();
  const before = state().config?.hash;
  setNext(() => config(true, 'never'));
  t.not(configuration.reload().hash, before);
  t.equal(configuration.current().sessions['bot']?.restart, 'never');
  setNext(() => {
    throw new ConfigFailure('config-invalid', 'one\ntwo');
  });
  t.throws(() => configuration.reload(), { code: 'config-invalid' });
  t.equal(configuration.current().sessions['bot']?.restart, 'never');
  t.strictSame(told.at(-1), ['config.rejected']);
  setNext(() => {
    throw 'no error at all';
  });
  t.throws(() => configuration.reload());
});

t.test('sockets that are found are watched, once', async (t) => {
  const { configuration, told } = holding(config(true));
  configuration.begin();
  const found = [{ name: 'default', path: '/tmp/tmux-1000/default' }];
  configuration.found('deploy', found);
  t.strictSame(told.at(-1), ['main', 'default']);
  const { length } = told;
  configuration.found('deploy', found);
  t.equal(told.length, length);
  t.strictSame(
    configuration.orders().map(({ server }) => server),
    ['main', 'default'],
  );
});

t.test('or not at all, where it was not asked for, until it is', async (t) => {
  const { configuration, told, setNext } = holding(config(false));
  configuration.found('deploy', [{ name: 'default', path: '/tmp/tmux-1000/default' }]);
  t.strictSame(told, []);
  setNext(() => config(true));
  configuration.reload();
  t.strictSame(told.at(-1), ['main', 'default']);
});
