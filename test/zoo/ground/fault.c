/* Ends in the way that is asked for: fault segv|abort|ill|bus|fpe|trap|sys|strict|overflow|pipe|alarm */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void segv(void) { *(volatile int *)8 = 1; }

static void ill(void) {
#if defined(__x86_64__)
  __asm__ volatile("ud2");
#else
  __asm__ volatile(".inst 0");
#endif
}

static void trap(void) {
#if defined(__x86_64__)
  __asm__ volatile("int3");
#else
  __asm__ volatile("brk #0");
#endif
}

/* A page of a file that has none. */
static void bus(void) {
  FILE *file = tmpfile();
  volatile char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
  page[0] = 1;
}

static void fpe(void) {
  volatile int zero = 0;
  volatile int result = 1 / zero;
  raise(SIGFPE); /* some processors divide by zero without a word */
}

static int overflow(int depth) {
  volatile char room[4096];
  room[depth % 4096] = 1;
  return overflow(depth + 1) + room[0];
}

/* getppid is forbidden, and asked for. */
static void sys(void) {
  struct sock_filter rules[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog filter = {sizeof rules / sizeof rules[0], rules};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
  syscall(SYS_getppid);
}

static void strict(void) {
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
  syscall(SYS_getppid);
}

static void broken_pipe(void) {
  int ends[2];
  pipe(ends);
  close(ends[0]);
  write(ends[1], "x", 1);
}

int main(int argc, char **argv) {
  const char *how = argc > 1 ? argv[1] : "";
  char line[16];
  if (fgets(line, sizeof line, stdin) == NULL) return 2;
  if (!strcmp(how, "segv")) segv();
  if (!strcmp(how, "abort")) abort();
  if (!strcmp(how, "ill")) ill();
  if (!strcmp(how, "bus")) bus();
  if (!strcmp(how, "fpe")) fpe();
  if (!strcmp(how, "trap")) trap();
  if (!strcmp(how, "sys")) sys();
  if (!strcmp(how, "strict")) strict();
  if (!strcmp(how, "overflow")) overflow(0);
  if (!strcmp(how, "pipe")) broken_pipe();
  if (!strcmp(how, "alarm")) { alarm(1); pause(); }
  return 1;
}
