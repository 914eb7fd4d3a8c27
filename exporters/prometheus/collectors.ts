import type { Collector } from './collector.ts';
import { actions } from './collectors/actions.ts';
import { agent } from './collectors/agent.ts';
import { bot } from './collectors/bot.ts';
import { deaths } from './collectors/deaths.ts';
import { exporter } from './collectors/exporter.ts';
import { forecasts } from './collectors/forecasts.ts';
import { heartbeats } from './collectors/heartbeats.ts';
import { host } from './collectors/host.ts';
import { journal } from './collectors/journal.ts';
import { links } from './collectors/links.ts';
import { log } from './collectors/log.ts';
import { notifier } from './collectors/notifier.ts';
import { server } from './collectors/server.ts';
import { session } from './collectors/session.ts';
import { sessions } from './collectors/sessions.ts';
import { state } from './collectors/state.ts';
import { unit } from './collectors/unit.ts';
import { witness } from './collectors/witness.ts';

/** Every collector of the exporter, in the order of docs/METRICS.md. */
export const collectors: readonly Collector[] = [
  state,
  agent,
  sessions,
  session,
  bot,
  unit,
  heartbeats,
  server,
  deaths,
  forecasts,
  witness,
  actions,
  links,
  log,
  journal,
  notifier,
  host,
  exporter,
];
