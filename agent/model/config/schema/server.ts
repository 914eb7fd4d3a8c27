import * as v from 'valibot';
import { mapping, path, textLike } from '../fields.ts';
import { expecting } from '../message.ts';
import { adoptedSocket, ownerName, serverName } from '../shapes.ts';

export const serverKey = v.pipe(
  v.string(),
  v.regex(serverName, expecting('a server name: 1 to 32 of a-z, 0-9 and -')),
);

export const server = mapping({
  adopt: v.pipe(
    v.optional(textLike(adoptedSocket, 'default, the name of a -L socket, or an absolute path')),
    v.description(
      'Watch a tmux server that runs already, changing nothing of it unasked but a socket that was lost: `default`, the name of a `-L` socket, or the path of a socket. Without this key the server is managed: Holdfast starts and owns it.',
    ),
    v.examples(['default', 'work', '/tmp/tmux-1000/work']),
  ),
  tmuxConfig: v.pipe(
    v.optional(path()),
    v.description('The tmux.conf of a managed server.'),
    v.examples(['/etc/holdfast/tmux.conf']),
  ),
  owner: v.pipe(
    v.optional(textLike(ownerName, 'the name of a user')),
    v.description(
      'The user whose server it is, where systemd runs Holdfast: each owner has a link, `holdfast-link@OWNER`, and one managed server, `holdfast-tmux@OWNER`. Without this key: the first owner there was, with a warning once others have links too. `holdfast up` takes no notice of it.',
    ),
    v.examples(['deploy']),
  ),
});

export type ServerEntry = v.InferOutput<typeof server>;
