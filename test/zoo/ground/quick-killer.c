/* Kills and is gone: quick-killer PID SIGNAL. No library call between its start and its end that could be left out. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc > 2) kill(atoi(argv[1]), atoi(argv[2]));
  _exit(0);
}
