import { connectionStates } from '../../protocol/heartbeat.ts';
import { type Command, type Completes, globalOptions, type Options } from '../command.ts';

/** What bash runs to offer each kind of value. */
const offers: Readonly<Record<Completes, string>> = {
  sessions: '_holdfast_sessions',
  'sessions and units': '_holdfast_sessions --units',
  files: '_holdfast_paths -f',
  directories: '_holdfast_paths -d',
  levels: '_holdfast_words "trace debug info warn error fatal"',
  commands: '_holdfast_words "$commands"',
  shells: '_holdfast_words bash',
  'alert deeds': '_holdfast_words test',
  connections: `_holdfast_words "${connectionStates.join(' ')}"`,
  channels: '_holdfast_words "telegram webhook ntfy command"',
};

const optionWords = (options: Options): string =>
  Object.keys(options)
    .map((name) => `--${name}`)
    .join(' ');

/** `"events --session") _holdfast_sessions; return ;;` for each option with a value. */
const valueCases = ({ name, options }: Command): string[] =>
  Object.entries(options)
    .filter(([, { type }]) => type === 'string')
    .map(([option, { completes }]) => {
      const offer = completes === undefined ? ':' : offers[completes];
      return `    "${name} --${option}") ${offer}; return ;;`;
    });

const commandCase = ({ name, options, completes }: Command): string => {
  const words = optionWords({ ...options, ...globalOptions });
  const positional = completes === undefined ? ':' : offers[completes];
  return `    ${name}) _holdfast_either "${words}" ${positional} ;;`;
};

/** The completion of bash, made from the table of commands. Needs nothing but bash 4. */
export const bashCompletion = (commands: readonly Command[]): string => `\
# bash completion of holdfast. Made by: holdfast completion bash

# The words of $1 that begin with what was typed.
_holdfast_words() {
  local word
  for word in $1; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word"); fi
  done
}

# Names may hold anything: they are quoted for the shell, and : too, where readline breaks words.
_holdfast_sessions() {
  local name quoted typed=\${cur//\\\\/}
  while IFS= read -r name; do
    [[ $name == "$typed"* ]] || continue
    printf -v quoted %q "$name"
    COMPREPLY+=("\${quoted//:/\\\\:}")
  done < <("\${COMP_WORDS[0]}" sessions --names "\${home[@]}" "$@" 2>/dev/null)
}

_holdfast_paths() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}

# Options when one was begun; else what may stand first after the command.
_holdfast_either() {
  local words=$1
  shift
  if [[ $cur == -* ]]; then
    _holdfast_words "$words"
  elif (( positionals == 0 )); then
    "$@"
  fi
}

_holdfast() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= positionals=0 i word
  local -a home=()
  local commands="${commands.map(({ name }) => name).join(' ')}"
  COMPREPLY=()
  for (( i = 1; i < COMP_CWORD; i++ )); do
    word=\${COMP_WORDS[i]}
    if [[ $word == --home ]]; then
      home=(--home "\${COMP_WORDS[i + 1]}")
      (( i++ ))
    elif [[ $word == -- ]]; then
      return
    elif [[ $word != -* ]]; then
      if [[ -z $command ]]; then command=$word; else (( positionals++ )); fi
    fi
  done
  case "$prev" in
    --home) ${offers.directories}; return ;;
  esac
  case "$command $prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
    '') _holdfast_either "${optionWords(globalOptions)}" _holdfast_words "$commands" ;;
${commands.map(commandCase).join('\n')}
  esac
}

complete -F _holdfast holdfast
`;
