import type { Login } from './login.ts';
import { until } from './until.ts';

/** A command that runs in the machine whether or not anybody can reach it. It does not outlive a boot. */
export interface Detached {
  /** Waits for its end. `output` is both of its streams. */
  result(limitMs: number): Promise<{ code: number; output: string }>;
}

let count = 0;

/** The shell's own end is written last, so that a code which can be read is the whole of it. */
const wrapped = (command: string, file: string): string =>
  `(\n${command}\n) >${file}.output 2>&1\necho $? >${file}.new\nmv ${file}.new ${file}.code\n`;

export const startDetached = async (root: Login, command: string): Promise<Detached> => {
  count += 1;
  const unit = `lab-detached-${process.pid}-${count}`;
  const file = `/run/${unit}`;
  await root.must(`cat >${file}.sh && systemd-run --quiet --collect --unit=${unit} sh ${file}.sh`, {
    stdin: wrapped(command, file),
  });
  return {
    async result(limitMs) {
      const code = await until(
        `end of ${unit}`,
        async () => {
          const { code, stdout } = await root.run(`cat ${file}.code`, { limitMs: 10_000 });
          return code === 0 ? stdout : null;
        },
        limitMs,
      );
      return { code: Number(code), output: await root.must(`cat ${file}.output`) };
    },
  };
};
