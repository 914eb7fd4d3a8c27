/** syslog(3): what `journalctl -p` asks for. */
export const err = 3;
export const warning = 4;
export const notice = 5;

export interface Kind {
  /** Fixed for ever, made once by `journalctl --new-id128`; the message catalog has an entry for each. */
  id: string;
  priority: typeof err | typeof warning | typeof notice;
}

/**
 * Every kind of entry. `err`: something of ours fails and somebody has to act. `warning`: what nobody meant.
 * `notice`: what was meant, or is well again. Nothing is below: see docs/JOURNAL.md.
 */
export const kinds = {
  'agent.started': { id: 'ea0422287a1e4c5dbbd7b386c28c250e', priority: notice },
  'agent.unclean': { id: '6aba6d57adda4e9c9e1071154f7945a2', priority: warning },
  'agent.stopping': { id: 'a026a9ac54d14747a155d063812b78af', priority: notice },
  'config.applied': { id: 'a35dfa98afc248f6808a770a37d667b8', priority: notice },
  'config.rejected': { id: 'fb7eed2adbef40a2946f789914efad18', priority: err },
  'link.connected': { id: '1bef25de7b994e9fb357908411cf6576', priority: notice },
  'link.lost': { id: '235117e711a8468b8da48ff8f2ce688b', priority: warning },
  'server.found': { id: '6edba1d779d24f1f8350b094c9af8f19', priority: notice },
  'server.died': { id: '6a01ce48417d4ca3a3bde461d61a75ed', priority: warning },
  'server.socket_lost': { id: 'bb4916fbd4e24dd3a296ad059d8e884e', priority: warning },
  'server.socket_restored': { id: '7a8ca8c4e6634aadae4fe43980d3f9ea', priority: notice },
  'server.hung': { id: '2e1ff3ef89194b80814ac70f2148f42a', priority: warning },
  'server.resumed': { id: 'b89c79c29071409e827175cd433c7b39', priority: notice },
  'supervision.started': { id: '20e6994b8a18455390936c05294abe3f', priority: notice },
  'session.ended': { id: 'fec0c0a6beea45c49b4cf729ba84f137', priority: notice },
  'session.died': { id: 'c7281a75792842a59a122c63ce2533f9', priority: warning },
  'health.worse': { id: 'bc6e92cdc68b47a0852a6a4ddd6d66dd', priority: warning },
  'health.better': { id: 'e0de720e7c244377aa16512d95a8986f', priority: notice },
  'incident.opened': { id: '574ba759aa8f4089b6b58781822c5510', priority: notice },
  'incident.grew': { id: 'ac5a2337bcd44f9f8968db0e2c77248d', priority: notice },
  'verdict.reached': { id: '62d87ab86614405da58e1af818928a8f', priority: warning },
  'recovery.suspended': { id: 'fcd6c5197d174b3dbee1253d18ba279a', priority: err },
  'recovery.resumed': { id: '24d1b83bffb247ce8e65083d29c105db', priority: notice },
  'recovery.left': { id: 'c634a2ff80094fc2a5b5e19db12883f1', priority: notice },
  'recovery.closed': { id: 'a05e41b24d0243c8a0b249c8359d4d67', priority: notice },
  'action.done': { id: '90450eaf6d6045c89701c1e22118188e', priority: notice },
  'action.failed': { id: 'a29118b183c24a238c5fc2f4951cccaa', priority: warning },
  'action.lost': { id: '7c89766502ca45ac8ef65d45fd7c4b0d', priority: warning },
  'alert.sent': { id: 'e3078ed04b0f4b86a723ed5f869933a5', priority: notice },
  'alert.failed': { id: '6a2595cdc46345bb949fc8880fd43f7b', priority: err },
  'alert.acknowledged': { id: '8b1f8973e47d4e559a72a26e51ed6dab', priority: notice },
  'alert.silenced': { id: 'ae6bdd15218449f892626a7c8eb3d73c', priority: notice },
  'alert.unsilenced': { id: '4ba5d9283bf94715b035d7e46d81d693', priority: notice },
  'forecast.warned': { id: '017aa4309ddc4c2aade6ad6b7f5c270a', priority: warning },
  'forecast.cleared': { id: 'c318e07db855480c99b82896a55025db', priority: notice },
  'remote.paired': { id: '10d8769149254047b4f134a77a19b46c', priority: notice },
  'remote.unpaired': { id: 'c1392ba9188340b595de157c2ad48ba7', priority: notice },
  'remote.refused': { id: 'caf77129a78a429d917605cc86b51430', priority: warning },
  'bot.needs-login': { id: '8d5952dc1e5c45a0aa13870a3ebec059', priority: warning },
  'bot.logged-out': { id: '29f60ab3d926470f828ea57d65cd5590', priority: warning },
  'bot.lost': { id: '523c409baba8434dafc5428c4512b617', priority: warning },
  'refresh.done': { id: 'b1742d183f06409c9081018f42116b1d', priority: notice },
  'refresh.failed': { id: '106bd487925846ae827d58fc5551e82d', priority: warning },
  'refresh.gave-up': { id: '8c9f0dd17c4a41618c553d0e909cfa46', priority: err },
  'refresh.needs-person': { id: '048ddf4778094bc8bc13cb6303004c2e', priority: warning },
  'unit.died': { id: 'd6d9146ef5c843b48d0c424e9016d554', priority: warning },
  'unit.ended': { id: '9b8c9425ec454ac698558c5bfd71c5ff', priority: notice },
  'unit.up': { id: '193008001fdd41d9a68ccb4d80b25645', priority: notice },
  'unit.failed': { id: '8150237eed284c6881dcdd7ed3c16959', priority: err },
  'log.quarantined': { id: '5556f704e4454ba283d550ff44b099fd', priority: err },
  'log.degraded': { id: '04068890821f49ce86bae5e1004b3fbc', priority: err },
  'log.recovered': { id: 'c5e7a6f414fe42789f6a8e005c05a3e0', priority: notice },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;
