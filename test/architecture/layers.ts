export interface Layer {
  /** A file, `folder/` with all below it, or `folder/*` for its own files only. The longest match decides. */
  at: string[];
  /** Besides itself. */
  mayImport: string[];
}

/**
 * main -> app -> {observe, act, tell, store, api} -> {explain, decide} -> model. Processes that talk to each other
 * share a protocol, which is spoken over a wire.
 */
export const layers: Record<string, Layer> = {
  main: { at: ['agent/main.ts'], mayImport: ['app', 'config files', 'paths', 'model'] },
  app: {
    at: ['agent/*', 'agent/app/'],
    mayImport: [
      ...['observe', 'act', 'tell', 'store', 'api', 'protocol', 'wire', 'explain', 'decide'],
      ...['config files', 'paths', 'os', 'model'],
    ],
  },
  observe: {
    at: ['agent/observe/'],
    mayImport: ['protocol', 'wire', 'explain', 'decide', 'os', 'model'],
  },
  act: { at: ['agent/act/'], mayImport: ['protocol', 'explain', 'decide', 'os', 'model'] },
  tell: { at: ['agent/tell/'], mayImport: ['paths', 'os', 'model'] },
  store: { at: ['agent/store/'], mayImport: ['explain', 'decide', 'model'] },
  api: { at: ['agent/api/'], mayImport: ['protocol', 'wire', 'explain', 'decide', 'os', 'model'] },
  explain: { at: ['agent/explain/'], mayImport: ['model'] },
  decide: { at: ['agent/decide/'], mayImport: ['model'] },
  model: { at: ['agent/model/'], mayImport: [] },
  'config files': { at: ['agent/config-files.ts'], mayImport: ['paths', 'model'] },
  paths: { at: ['agent/paths.ts'], mayImport: ['model'] },
  os: { at: ['agent/os/'], mayImport: ['model'] },

  protocol: { at: ['agent/protocol/'], mayImport: ['wire', 'os', 'model'] },
  wire: { at: ['agent/wire/'], mayImport: ['os', 'model'] },
  link: { at: ['agent/link/'], mayImport: ['protocol', 'wire', 'os', 'model'] },
  witness: { at: ['agent/witness/'], mayImport: ['protocol', 'wire', 'os', 'model'] },
  // Runs in other people's programs, so it takes next to nothing along.
  heartbeat: { at: ['agent/heartbeat/'], mayImport: ['protocol', 'model'] },
  cli: {
    at: ['agent/cli/'],
    mayImport: ['heartbeat', 'protocol', 'config files', 'paths', 'os', 'model'],
  },
  exporters: { at: ['exporters/'], mayImport: ['model'] },

  // contracts, texts <- classify <- present <- outbox <- deliver; channels on the contracts alone; composition on top.
  notifier: {
    at: ['exporters/notifier/*'],
    mayImport: [
      ...['notifier contracts', 'classify', 'present', 'outbox', 'deliver', 'channel', 'telegram'],
      ...['process log', 'agent connection', 'agent side', 'outside'],
      ...['exporters', 'protocol', 'paths', 'os', 'model'],
    ],
  },
  'notifier contracts': {
    at: ['exporters/notifier/card.ts', 'exporters/notifier/channel.ts'],
    mayImport: ['model'],
  },
  classify: {
    // The book keeps some texts: what was said must not change with a release.
    at: ['exporters/notifier/classify/', 'exporters/notifier/texts.ts'],
    mayImport: ['protocol', 'model'],
  },
  present: {
    at: ['exporters/notifier/present/'],
    mayImport: ['notifier contracts', 'classify', 'model'],
  },
  outbox: {
    at: ['exporters/notifier/outbox/'],
    mayImport: ['facts', 'notifier contracts', 'classify', 'present', 'protocol', 'model'],
  },
  facts: { at: ['exporters/notifier/outbox/facts.ts'], mayImport: [] },
  deliver: {
    at: ['exporters/notifier/deliver/'],
    mayImport: ['notifier contracts', 'classify', 'present', 'outbox', 'protocol', 'model'],
  },
  channel: {
    at: ['exporters/notifier/channel/'],
    mayImport: ['notifier contracts', 'credentials', 'model'],
  },
  telegram: {
    at: ['exporters/notifier/telegram/'],
    mayImport: [
      ...['facts', 'notifier contracts', 'process log', 'agent connection', 'picture'],
      ...['protocol', 'model'],
    ],
  },
  'process log': {
    at: ['exporters/notifier/process-log.ts', 'exporters/notifier/timer.ts'],
    mayImport: ['exporters', 'model'],
  },
  'agent connection': {
    at: ['exporters/notifier/agent/connection.ts'],
    mayImport: ['protocol', 'model'],
  },
  'agent side': {
    at: ['exporters/notifier/agent/'],
    mayImport: ['process log', 'agent connection', 'outbox', 'exporters', 'protocol', 'model'],
  },
  outside: {
    at: ['exporters/notifier/outside/'],
    mayImport: [
      ...['notifier contracts', 'process log', 'agent connection', 'credentials', 'outbox'],
      ...['channel', 'telegram', 'picture', 'last resort', 'protocol', 'paths', 'model'],
    ],
  },
  credentials: { at: ['exporters/notifier/credentials/'], mayImport: ['model'] },
  picture: { at: ['exporters/notifier/picture/'], mayImport: ['model'] },
  'last resort': {
    at: ['exporters/notifier/last-resort/'],
    mayImport: ['exporters', 'credentials', 'paths', 'model'],
  },
};

/** Rooms of explain. The small parts beside them are for several; what puts it all together comes last. */
export const roomsOfExplain: Record<string, Layer> = {
  parts: { at: ['agent/explain/*'], mayImport: [] },
  written: { at: ['agent/explain/written/'], mayImport: ['parts'] },
  asked: { at: ['agent/explain/asked/'], mayImport: ['parts', 'written'] },
  stop: { at: ['agent/explain/stop/'], mayImport: ['parts', 'written', 'asked'] },
  'tmux-command': { at: ['agent/explain/tmux-command/'], mayImport: ['parts', 'written'] },
  witnessed: {
    at: ['agent/explain/witnessed/'],
    mayImport: ['parts', 'written', 'tmux-command'],
  },
  rule: {
    at: ['agent/explain/rule/'],
    mayImport: ['parts', 'written', 'stop', 'tmux-command', 'witnessed'],
  },
  preceded: {
    at: ['agent/explain/preceded/'],
    mayImport: ['parts', 'written', 'asked', 'tmux-command', 'witnessed'],
  },
  pattern: { at: ['agent/explain/pattern/'], mayImport: ['parts', 'tmux-command'] },
  whole: {
    at: ['agent/explain/rules.ts', 'agent/explain/further.ts', 'agent/explain/explain.ts'],
    mayImport: ['parts', 'written', 'asked', 'rule', 'preceded'],
  },
};
