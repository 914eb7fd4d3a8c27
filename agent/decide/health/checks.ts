import { canary } from './check/canary.ts';
import { cpu } from './check/cpu.ts';
import { heartbeat } from './check/heartbeat.ts';
import { memory } from './check/memory.ts';
import { messages } from './check/messages.ts';
import { output } from './check/output.ts';
import { pressure } from './check/pressure.ts';
import { probed } from './check/probe.ts';
import { screen } from './check/screen.ts';
import { shell } from './check/shell.ts';
import type { Checks } from './check.ts';

/** Every check by its name. */
export const checks: Checks = {
  ...{ output, screen, shell, memory, cpu, pressure, heartbeat, messages, canary },
  ...{ http: probed('http'), tcp: probed('tcp'), command: probed('command') },
};
