"""One Python program under a load of its own making. argv: kind, then numbers."""
import gc, random, sqlite3, sys, time

kind, size, every = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])


def cycles():
    """Objects that refer to each other: only the collector takes them."""
    class Node:
        pass
    while True:
        for _ in range(size):
            one, other = Node(), Node()
            one.other, other.other, one.load = other, one, bytes(2000)
        if random.random() < 0.02:
            gc.collect()
        time.sleep(every)


def cache():
    """A dictionary that grows to its size and stays there."""
    kept = {}
    while True:
        kept[random.randrange(size)] = "x" * random.randrange(500, 4000)
        for _ in range(20):
            kept[random.randrange(size)] = "x" * random.randrange(500, 4000)
        time.sleep(every)


def database():
    """SQLite in memory: rows come and the oldest go."""
    base = sqlite3.connect(":memory:")
    base.execute("create table t (i integer primary key, at real, text text)")
    while True:
        base.executemany("insert into t (at, text) values (?, ?)", [(time.time(), "y" * random.randrange(2000)) for _ in range(50)])
        base.execute("delete from t where i < (select max(i) from t) - ?", (size,))
        base.execute("select count(*), avg(length(text)) from t").fetchone()
        time.sleep(every)


def frames():
    """Large lists built and dropped, as a script over tables does."""
    while True:
        rows = [[random.random() for _ in range(20)] for _ in range(random.randrange(size // 4, size))]
        time.sleep(every / 4)
        rows.sort()
        del rows
        time.sleep(every)


{"cycles": cycles, "cache": cache, "database": database, "frames": frames, "idle": lambda: time.sleep(1e6)}[kind]()
