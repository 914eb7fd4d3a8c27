import { createOutputs } from '../../../../agent/tell/outputs.ts';

/** Sends nothing, so that no journal of this machine gets it: its exit code is 1 where entries would be sent. */
const directory = process.argv[2] ?? '';
const outputs = createOutputs(
  {
    lifecycleLog: `${directory}/lifecycle.log`,
    sessionLogsDir: `${directory}/sessions`,
    stateFile: `${directory}/state.json`,
  } as Parameters<typeof createOutputs>[0],
  (text) => text,
  { log() {}, child: () => ({}) as never },
  process.env,
);
const { status } = outputs.journal.health();
await outputs.close();
process.exit(status === 'off' ? 0 : 1);
