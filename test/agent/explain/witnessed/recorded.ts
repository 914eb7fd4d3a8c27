/**
 * Traces as the kernel wrote them (tracefs, `trace_clock=mono`), each of one way to end, with tmux 3.3a on Linux 6.18:
 * signals, ends of processes and the choice of the out-of-memory killer.
 */

/** One process kills another by /bin/kill -9. Recorded under "/bin/kill -9…". */
export const killed = `
            kill-15732   [001] d..1.   755.081965: signal_generate: sig=9 errno=0 code=0 comm=sleep pid=15730 grp=1 res=0
            kill-15732   [001] .....   755.081975: sched_process_exit: comm=kill pid=15732 prio=120 group_dead=true
           sleep-15730   [001] .....   755.082073: sched_process_exit: comm=sleep pid=15730 prio=120 group_dead=true
`;

/** The same by the command of the shell itself. Recorded under "bash builtin…". */
export const killedByShell = `
            bash-15728   [001] d..1.   755.188240: signal_generate: sig=9 errno=0 code=0 comm=sleep pid=15735 grp=1 res=0
           sleep-15735   [001] .....   755.188280: sched_process_exit: comm=sleep pid=15735 prio=120 group_dead=true
`;

/** pkill -f sends SIGTERM. Recorded under "pkill -f…". */
export const pkilled = `
           pkill-15771   [000] d..1.   755.311081: signal_generate: sig=15 errno=0 code=0 comm=sleep pid=15739 grp=1 res=0
           sleep-15739   [001] .....   755.311100: sched_process_exit: comm=sleep pid=15739 prio=120 group_dead=true
           pkill-15771   [000] .....   755.311136: sched_process_exit: comm=pkill pid=15771 prio=120 group_dead=true
`;

/** timeout(1) ends its child, and sends the signal to its group. Recorded under "timeout(1)…". */
export const timedOut = `
            cpio-15766   [000] .....   755.519588: sched_process_exit: comm=cpio pid=15766 prio=120 group_dead=true
     mkinitramfs-15764   [001] .....   755.520152: sched_process_exit: comm=mkinitramfs pid=15764 prio=120 group_dead=true
         timeout-15780   [001] d..1.   755.652268: signal_generate: sig=15 errno=0 code=0 comm=sleep pid=15781 grp=1 res=0
         timeout-15780   [001] d..2.   755.652272: signal_generate: sig=15 errno=0 code=0 comm=sleep pid=15781 grp=1 res=1
         timeout-15780   [001] d..2.   755.652272: signal_generate: sig=15 errno=0 code=0 comm=timeout pid=15780 grp=1 res=1
           sleep-15781   [000] .....   755.652403: sched_process_exit: comm=sleep pid=15781 prio=120 group_dead=true
         timeout-15780   [001] .....   755.652630: sched_process_exit: comm=timeout pid=15780 prio=120 group_dead=true
`;

/** A program takes more than its cgroup may have. Recorded under "OOM in cgroup…". */
export const outOfMemory = `
          oomxyz-17515   [001] d..2.   785.930761: signal_generate: sig=9 errno=0 code=128 comm=oomxyz pid=17515 grp=1 res=0
          oomxyz-17515   [001] ...1.   785.930763: mark_victim: pid=17515 comm=oomxyz total-vm=53876kB anon-rss=50944kB file-rss:952kB shmem-rss:0kB uid=0 pgtables=144kB oom_score_adj=0
          oomxyz-17515   [001] .....   785.933212: sched_process_exit: comm=oomxyz pid=17515 prio=120 group_dead=true
`;

/** A program writes where nothing is. Recorded under "SEGV…". */
export const segfault = `
         segvxyz-17522   [000] d..1.   785.965828: signal_generate: sig=11 errno=0 code=1 comm=segvxyz pid=17522 grp=0 res=0
         segvxyz-17522   [000] .....   785.965881: sched_process_exit: comm=segvxyz pid=17522 prio=120 group_dead=true
`;

/** The soft limit of processor time. Recorded under "RLIMIT_CPU soft=1…". */
export const cpuSoft = `
         spinxyz-17528   [001] d..1.   787.004035: signal_generate: sig=24 errno=0 code=128 comm=spinxyz pid=17528 grp=1 res=0
         spinxyz-17528   [001] .....   787.004063: sched_process_exit: comm=spinxyz pid=17528 prio=120 group_dead=true
`;

/** The hard limit of processor time. Recorded under "RLIMIT_CPU soft=hard…". */
export const cpuHard = `
         spinxyz-17532   [001] d..1.   788.032022: signal_generate: sig=9 errno=0 code=128 comm=spinxyz pid=17532 grp=1 res=0
         spinxyz-17532   [001] .....   788.032039: sched_process_exit: comm=spinxyz pid=17532 prio=120 group_dead=true
`;

/** A program aborts. Recorded under "abort…". */
export const aborted = `
         python3-17536   [001] d..1.   788.181307: signal_generate: sig=6 errno=0 code=-6 comm=python3 pid=17536 grp=0 res=0
         python3-17536   [001] .....   788.181333: sched_process_exit: comm=python3 pid=17536 prio=120 group_dead=true
`;

/** A shell writes to cgroup.kill. Recorded under "cgroup.kill by…". */
export const cgroupKill = `
            bash-17688   [000] d..1.   832.864352: signal_generate: sig=9 errno=0 code=0 comm=sleep pid=17690 grp=0 res=0
           sleep-17690   [000] .....   832.864417: sched_process_exit: comm=sleep pid=17690 prio=120 group_dead=true
`;

/** The parent ends and had its child asked to end with it. Recorded under "pdeath…". */
export const parentDied = `
        pdparent-17698   [000] .....   833.092338: sched_process_exit: comm=pdparent pid=17698 prio=120 group_dead=true
        pdparent-17698   [000] dN.2.   833.092899: signal_generate: sig=9 errno=0 code=0 comm=pdchild pid=17699 grp=1 res=0
         pdchild-17699   [000] .....   833.092927: sched_process_exit: comm=pdchild pid=17699 prio=120 group_dead=true
         python3-17697   [000] .....   833.151280: sched_process_exit: comm=python3 pid=17697 prio=120 group_dead=true
`;

/** The other side of a terminal is closed. Recorded under "pty…". */
export const hungUp = `
         python3-17703   [000] d..2.   833.358765: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=17704 grp=1 res=0
           sleep-17704   [000] .....   833.358816: sched_process_exit: comm=sleep pid=17704 prio=120 group_dead=true
           sleep-17704   [000] d..2.   833.358935: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=17704 grp=1 res=1
         python3-17703   [000] .....   833.419460: sched_process_exit: comm=python3 pid=17703 prio=120 group_dead=true
`;

/** A signal by pidfd_send_signal. Recorded under "pidfd…". */
export const pidfd = `
         python3-17709   [000] d..1.   833.529329: signal_generate: sig=15 errno=0 code=0 comm=python3 pid=17710 grp=1 res=0
         python3-17710   [000] .....   833.529375: sched_process_exit: comm=python3 pid=17710 prio=120 group_dead=true
         python3-17709   [000] .....   833.539699: sched_process_exit: comm=python3 pid=17709 prio=120 group_dead=true
`;

/** A signal by sigqueue. Recorded under "sigq…". */
export const queued = `
         python3-17714   [000] d..1.   833.648677: signal_generate: sig=15 errno=0 code=-1 comm=python3 pid=17715 grp=1 res=0
         python3-17715   [000] .....   833.648721: sched_process_exit: comm=python3 pid=17715 prio=120 group_dead=true
         python3-17714   [000] .....   833.659002: sched_process_exit: comm=python3 pid=17714 prio=120 group_dead=true
`;

/** A signal by tgkill. Recorded under "tgk…". */
export const toThread = `
         python3-17721   [000] d..1.   833.775075: signal_generate: sig=9 errno=0 code=-6 comm=python3 pid=17722 grp=0 res=0
         python3-17722   [000] .....   833.775122: sched_process_exit: comm=python3 pid=17722 prio=120 group_dead=true
         python3-17721   [000] .....   833.784717: sched_process_exit: comm=python3 pid=17721 prio=120 group_dead=true
`;

/** A program is stopped and then killed. Recorded under "stop…". */
export const stopped = `
         python3-17728   [000] d..1.   833.905883: signal_generate: sig=19 errno=0 code=0 comm=python3 pid=17730 grp=1 res=0
         python3-17728   [001] d..1.   833.956883: signal_generate: sig=9 errno=0 code=0 comm=python3 pid=17730 grp=1 res=0
         python3-17730   [001] .....   833.956914: sched_process_exit: comm=python3 pid=17730 prio=120 group_dead=true
         python3-17728   [001] .....   833.964646: sched_process_exit: comm=python3 pid=17728 prio=120 group_dead=true
`;

/** The first process of a PID namespace ends. Recorded under "pidns…". */
export const namespaceEnded = `
            bash-17743   [000] d..1.   834.021313: signal_generate: sig=15 errno=0 code=0 comm=bash pid=17745 grp=1 res=0
            bash-17745   [001] .....   834.024082: sched_process_exit: comm=bash pid=17745 prio=120 group_dead=true
           sleep-17746   [000] .....   834.122614: sched_process_exit: comm=sleep pid=17746 prio=120 group_dead=true
            bash-17743   [000] .....   834.123269: sched_process_exit: comm=bash pid=17743 prio=120 group_dead=true
            bash-17743   [000] dN.2.   834.123426: signal_generate: sig=9 errno=0 code=128 comm=sleep pid=17744 grp=1 res=0
           sleep-17744   [000] .....   834.123441: sched_process_exit: comm=sleep pid=17744 prio=120 group_dead=true
`;

/** tmux kill-session. Recorded under "kill-session…". */
export const killSession = `
           sleep-9626    [001] .....  1942.288314: sched_process_exit: comm=sleep pid=9626 prio=120 group_dead=true
    tmux: server-9617    [001] d..2.  1942.292531: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9618 grp=1 res=0
           sleep-9618    [000] .....  1942.292553: sched_process_exit: comm=sleep pid=9618 prio=120 group_dead=true
           sleep-9618    [000] d..2.  1942.292635: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9618 grp=1 res=1
    tmux: client-9625    [001] .....  1942.292759: sched_process_exit: comm=tmux: client pid=9625 prio=120 group_dead=true
           sleep-9628    [000] .....  1942.394119: sched_process_exit: comm=sleep pid=9628 prio=120 group_dead=true
`;

/** tmux kill-pane of the last pane, with which the server ends. Recorded under "kill-pane (last…". */
export const killLastPane = `
    tmux: client-9630    [000] .....  1942.430758: sched_process_exit: comm=tmux: client pid=9630 prio=120 group_dead=true
    tmux: server-9617    [000] d..2.  1942.434406: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9621 grp=1 res=0
           sleep-9621    [000] .....  1942.434527: sched_process_exit: comm=sleep pid=9621 prio=120 group_dead=true
           sleep-9621    [000] d..2.  1942.434603: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9621 grp=1 res=1
    tmux: client-9632    [001] .....  1942.434637: sched_process_exit: comm=tmux: client pid=9632 prio=120 group_dead=true
    tmux: server-9617    [001] .....  1942.434990: sched_process_exit: comm=tmux: server pid=9617 prio=120 group_dead=true
           sleep-9634    [000] .....  1942.535919: sched_process_exit: comm=sleep pid=9634 prio=120 group_dead=true
`;

/** tmux kill-server. Recorded under "kill-server…". */
export const killServer = `
    tmux: server-9638    [001] d..1.  1942.806443: signal_generate: sig=15 errno=0 code=0 comm=tmux: server pid=9638 grp=1 res=0
    tmux: client-9642    [000] .....  1942.806591: sched_process_exit: comm=tmux: client pid=9642 prio=120 group_dead=true
    tmux: server-9638    [001] d..2.  1942.807812: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9639 grp=1 res=0
           sleep-9639    [000] .....  1942.808062: sched_process_exit: comm=sleep pid=9639 prio=120 group_dead=true
    tmux: server-9638    [001] .....  1942.808110: sched_process_exit: comm=tmux: server pid=9638 prio=120 group_dead=true
           sleep-9639    [000] d..2.  1942.808158: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9639 grp=1 res=1
           sleep-9644    [000] .....  1942.907867: sched_process_exit: comm=sleep pid=9644 prio=120 group_dead=true
`;

/** The program in the last pane exits, and the server with it. Recorded under "exit in last pane…". */
export const lastExit = `
           sleep-9649    [000] .....  1943.245789: sched_process_exit: comm=sleep pid=9649 prio=120 group_dead=true
           sleep-9649    [000] d..2.  1943.246009: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9649 grp=1 res=1
    tmux: server-9648    [001] .....  1943.247886: sched_process_exit: comm=tmux: server pid=9648 prio=120 group_dead=true
           sleep-9652    [000] .....  1943.513561: sched_process_exit: comm=sleep pid=9652 prio=120 group_dead=true
`;

/** The server is sent SIGKILL. Recorded under "SIGKILL server…". */
export const serverKilled = `
            bash-9612    [000] dN.1.  1943.772228: signal_generate: sig=9 errno=0 code=0 comm=tmux: server pid=9657 grp=1 res=0
    tmux: server-9657    [000] .....  1943.772248: sched_process_exit: comm=tmux: server pid=9657 prio=120 group_dead=true
    tmux: server-9657    [000] d..2.  1943.772514: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9658 grp=1 res=0
           sleep-9658    [001] .....  1943.772559: sched_process_exit: comm=sleep pid=9658 prio=120 group_dead=true
           sleep-9658    [001] d..2.  1943.772668: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9658 grp=1 res=1
           sleep-9662    [000] .....  1943.875954: sched_process_exit: comm=sleep pid=9662 prio=120 group_dead=true
`;

/** The server is sent SIGTERM. Recorded under "SIGTERM server…". */
export const serverTerminated = `
            bash-9612    [001] dN.1.  1944.148223: signal_generate: sig=15 errno=0 code=0 comm=tmux: server pid=9666 grp=1 res=0
    tmux: server-9666    [001] d..2.  1944.149381: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9667 grp=1 res=0
           sleep-9667    [000] .....  1944.149407: sched_process_exit: comm=sleep pid=9667 prio=120 group_dead=true
    tmux: server-9666    [001] .....  1944.149472: sched_process_exit: comm=tmux: server pid=9666 prio=120 group_dead=true
           sleep-9667    [000] d..2.  1944.149478: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9667 grp=1 res=1
           sleep-9672    [001] .....  1944.249921: sched_process_exit: comm=sleep pid=9672 prio=120 group_dead=true
`;

/** The server is sent SIGHUP. Recorded under "SIGHUP server…". */
export const serverHungUp = `
            bash-9612    [001] dN.1.  1944.508204: signal_generate: sig=1 errno=0 code=0 comm=tmux: server pid=9676 grp=1 res=0
           sleep-9681    [001] .....  1944.609453: sched_process_exit: comm=sleep pid=9681 prio=120 group_dead=true
`;

/** Two servers: one is sent SIGINT, the next SIGQUIT. Recorded under "SIGINT,QUIT server…". */
export const serverInterrupted = `
    tmux: client-9683    [001] .....  1944.635673: sched_process_exit: comm=tmux: client pid=9683 prio=120 group_dead=true
            bash-9612    [001] dN.1.  1944.635964: signal_generate: sig=2 errno=0 code=0 comm=tmux: server pid=9676 grp=1 res=0
    tmux: server-9676    [001] d..2.  1944.637070: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9677 grp=1 res=0
           sleep-9677    [000] .....  1944.637096: sched_process_exit: comm=sleep pid=9677 prio=120 group_dead=true
           sleep-9677    [000] d..2.  1944.637178: signal_generate: sig=1 errno=0 code=128 comm=sleep pid=9677 grp=1 res=1
    tmux: server-9676    [001] .....  1944.637182: sched_process_exit: comm=tmux: server pid=9676 prio=120 group_dead=true
           sleep-9685    [001] .....  1944.737897: sched_process_exit: comm=sleep pid=9685 prio=120 group_dead=true
    tmux: client-9686    [001] .....  1944.739827: sched_process_exit: comm=tmux: client pid=9686 prio=120 group_dead=true
            bash-9612    [001] d..1.  1944.739999: signal_generate: sig=3 errno=0 code=0 comm=tmux: server pid=9676 grp=1 res=1
           sleep-9687    [000] .....  1944.841143: sched_process_exit: comm=sleep pid=9687 prio=120 group_dead=true
`;

/** A program closes the three files of its terminal and goes on: the server closes the pane then. */
export const letGo = `
    tmux: server-18690   [000] d..2. 79403.352147: signal_generate: sig=1 errno=0 code=128 comm=perl pid=18698 grp=1 res=0
            perl-18698   [000] ..... 79403.352269: sched_process_exit: comm=perl pid=18698 prio=120 group_dead=true
            perl-18698   [000] d..2. 79403.352513: signal_generate: sig=1 errno=0 code=128 comm=perl pid=18698 grp=1 res=1
`;
