// SPDX-License-Identifier: BSL-1.0
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/**
 * Objects of the JVM beside ours: fields through VarHandle, creation, and behaviour per class.
 *
 * <p>java Struct.java --list, REPETITIONS CASE... or --smoke: as struct.mjs, where the lines are
 * described. A case takes a number of passes and answers a sum that depends on each.
 */
public final class Struct {
  static final int OBJECTS = 64; // as in field_scalar.cpp
  static final int BATCH = 16384; // operations of a pass of creation or look-up
  static final double MINIMUM = 0.01e9; // ns of a repetition
  static final double WARM_UP = 0.3e9; // ns of a case before it counts
  static final int MOST = 1 << 26; // passes; what has so many of them done at once does nothing

  // ---------------------------------------------------------------------------- fields

  static final class One {
    long first;
    long field;
    Object ref;
  }

  static final VarHandle FIELD;
  static final VarHandle REF;

  static {
    try {
      final MethodHandles.Lookup here = MethodHandles.lookup();
      FIELD = here.findVarHandle(One.class, "field", long.class);
      REF = here.findVarHandle(One.class, "ref", Object.class);
    } catch (ReflectiveOperationException why) {
      throw new ExceptionInInitializerError(why);
    }
  }

  static final One[] ones = new One[OBJECTS];
  static final One[] targets = new One[OBJECTS];

  // Each access is a loop of its own, so that the compiler sees one handle and one order.
  static void fields() {
    Arrays.setAll(ones, i -> new One());
    Arrays.setAll(targets, i -> new One());
    add("field/i64/unordered/load/jvm_plain", OBJECTS, passes -> {
      long sum = 0;
      for (int p = 0; p < passes; ++p) for (final One one : ones) sum += one.field ^ p;
      return sum;
    });
    add("field/i64/unordered/load/jvm", OBJECTS, passes -> {
      long sum = 0;
      for (int p = 0; p < passes; ++p) for (final One one : ones) sum += (long) FIELD.getOpaque(one);
      return sum;
    });
    add("field/i64/acquire/load/jvm", OBJECTS, passes -> {
      long sum = 0;
      for (int p = 0; p < passes; ++p) for (final One one : ones) sum += (long) FIELD.getAcquire(one);
      return sum;
    });
    add("field/i64/seq_cst/load/jvm", OBJECTS, passes -> {
      long sum = 0;
      for (int p = 0; p < passes; ++p) for (final One one : ones) sum += (long) FIELD.getVolatile(one);
      return sum;
    });
    add("field/i64/unordered/store/jvm_plain", OBJECTS, passes -> {
      for (int p = 0; p < passes; ++p) for (final One one : ones) one.field = p;
      return ones[passes % OBJECTS].field;
    });
    add("field/i64/unordered/store/jvm", OBJECTS, passes -> {
      for (int p = 0; p < passes; ++p) for (final One one : ones) FIELD.setOpaque(one, (long) p);
      return ones[passes % OBJECTS].field;
    });
    add("field/i64/release/store/jvm", OBJECTS, passes -> {
      for (int p = 0; p < passes; ++p) for (final One one : ones) FIELD.setRelease(one, (long) p);
      return ones[passes % OBJECTS].field;
    });
    add("field/i64/seq_cst/store/jvm", OBJECTS, passes -> {
      for (int p = 0; p < passes; ++p) for (final One one : ones) FIELD.setVolatile(one, (long) p);
      return ones[passes % OBJECTS].field;
    });
    add("field/i64/seq_cst/exchange/jvm", OBJECTS, passes -> {
      long sum = 0;
      for (int p = 0; p < passes; ++p)
        for (final One one : ones) sum += (long) FIELD.getAndSet(one, (long) p);
      return sum;
    });
    add("field/i64/seq_cst/add/jvm", OBJECTS, passes -> {
      long sum = 0;
      for (int p = 0; p < passes; ++p)
        for (final One one : ones) sum += (long) FIELD.getAndAdd(one, 1L);
      return sum;
    });
    add("field/i64/seq_cst/compare_exchange/jvm", OBJECTS, passes -> {
      for (final One one : ones) one.field = 1;
      long sum = 0;
      for (int p = 0; p < passes; ++p)
        for (final One one : ones) sum += FIELD.compareAndSet(one, 1L, 1L) ? 1 : 0;
      return sum;
    });
    add("field/ref/unordered/load/jvm", OBJECTS, passes -> {
      long sum = 0;
      for (int p = 0; p < passes; ++p)
        for (final One one : ones) sum += REF.getOpaque(one) == null ? 1 : p;
      return sum;
    });
    add("field/ref/unordered/store/jvm", OBJECTS, passes -> {
      for (int p = 0; p < passes; ++p)
        for (int i = 0; i < OBJECTS; ++i) REF.setOpaque(ones[i], targets[i]);
      return ones[passes % OBJECTS].ref == null ? 0 : 1;
    });
  }

  // ---------------------------------------------------------------------------- creation

  static class Two {
    double a;
    double b;
  }

  static final class Four extends Two {
    double c;
    double d;
  }

  static final class Eight extends Two {
    double c;
    double d;
    double e;
    double f;
    double g;
    double h;
  }

  /** Where the last objects are kept, so that none can be left out. One of each thread. */
  static final ThreadLocal<Object[]> KEPT = ThreadLocal.withInitial(() -> new Object[1024]);

  static long createTwo(int passes) {
    final Object[] kept = KEPT.get();
    for (int p = 0; p < passes; ++p) for (int i = 0; i < BATCH; ++i) kept[i & 1023] = new Two();
    return count(kept);
  }

  static long createFour(int passes) {
    final Object[] kept = KEPT.get();
    for (int p = 0; p < passes; ++p) for (int i = 0; i < BATCH; ++i) kept[i & 1023] = new Four();
    return count(kept);
  }

  static long createEight(int passes) {
    final Object[] kept = KEPT.get();
    for (int p = 0; p < passes; ++p) for (int i = 0; i < BATCH; ++i) kept[i & 1023] = new Eight();
    return count(kept);
  }

  static long count(Object[] kept) {
    return Arrays.stream(kept).filter(object -> object instanceof Two).count();
  }

  /** Two threads at once, which start together; answers the mean of their times. */
  static double createByTwo(int passes) {
    final AtomicInteger ready = new AtomicInteger();
    final long[] took = new long[2];
    final Thread[] threads = new Thread[2];
    for (int i = 0; i < 2; ++i) {
      final int which = i;
      threads[i] = new Thread(() -> {
        createTwo(20);
        ready.incrementAndGet();
        while (ready.get() < 2) Thread.onSpinWait();
        final long start = System.nanoTime();
        final long sum = createTwo(passes);
        took[which] = System.nanoTime() - start;
        synchronized (Struct.class) {
          checksum += sum;
        }
      });
      threads[i].start();
    }
    try {
      for (final Thread thread : threads) thread.join();
    } catch (InterruptedException why) {
      throw new IllegalStateException(why);
    }
    return (took[0] + took[1]) / 2.0;
  }

  // ---------------------------------------------------------------------------- behaviour

  /** What the many classes are made from. */
  static final class Shape {
    long field;
  }

  static final class Behaviour {
    long word = 8;
  }

  static final ClassValue<Behaviour> OF_CLASS = new ClassValue<>() {
    @Override protected Behaviour computeValue(Class<?> type) {
      return new Behaviour();
    }
  };
  static final ThreadLocal<Map<Class<?>, Behaviour>> HERE = ThreadLocal.withInitial(HashMap::new);

  static final Map<Integer, Object[]> shapes = new HashMap<>();

  /** Objects of so many classes in random order. */
  static Object[] shapesOf(int types) {
    return shapes.computeIfAbsent(types, n -> {
      try (var in = Struct.class.getResourceAsStream("Struct$Shape.class")) {
        final byte[] bytes = in.readAllBytes();
        final List<Class<?>> classes = new ArrayList<>();
        for (int i = 0; i < n; ++i) {
          classes.add(MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass());
        }
        final Random next = new Random(n);
        final Object[] all = new Object[BATCH];
        for (int i = 0; i < BATCH; ++i) {
          final Class<?> type = classes.get(next.nextInt(n));
          all[i] = type.getDeclaredConstructor().newInstance();
          HERE.get().putIfAbsent(type, new Behaviour());
        }
        return all;
      } catch (java.io.IOException | ReflectiveOperationException why) {
        throw new IllegalStateException(why);
      }
    });
  }

  static long lookUpClassValue(Object[] all, int passes) {
    long sum = 0;
    for (int p = 0; p < passes; ++p)
      for (final Object object : all) sum += OF_CLASS.get(object.getClass()).word;
    return sum;
  }

  static long lookUpHashMap(Object[] all, int passes) {
    long sum = 0;
    for (int p = 0; p < passes; ++p)
      for (final Object object : all) sum += HERE.get().get(object.getClass()).word;
    return sum;
  }

  // ---------------------------------------------------------------------------- measuring

  static final class Case {
    final int ops;
    final IntToLongFunction pass;
    int passes = 1;
    double scale = 1;

    Case(int ops, IntToLongFunction pass) {
      this.ops = ops;
      this.pass = pass;
    }

    long time(int passes) {
      final long start = System.nanoTime();
      checksum += pass.applyAsLong(passes);
      return System.nanoTime() - start;
    }

    long least(int passes) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 5; ++i) least = Math.min(least, time(passes));
      return least;
    }

    void prepare() {
      final long start = System.nanoTime();
      while (System.nanoTime() - start < WARM_UP) time(20);
      for (; time(passes) < MINIMUM; passes *= 2) {
        if (passes == MOST) return;
      }
      // Seldom, others disturb all five.
      for (int again = 0; again < 3 && scale < 1.6; ++again) {
        scale = (double) least(2 * passes) / least(passes);
      }
    }

    double measure() {
      return time(passes) / (double) passes / ops;
    }
  }

  static final String BY_TWO = "create_by_two/2/jvm";
  static final int BY_TWO_PASSES = 200;
  static final Map<String, Case> cases = new LinkedHashMap<>();
  static long checksum;

  static void add(String name, int ops, IntToLongFunction pass) {
    cases.put(name, new Case(ops, pass));
  }

  static void say(String name, double ns, double scale) {
    System.out.printf("{\"name\": \"%s\", \"ns\": %s, \"scale\": %s, \"checksum\": %d}%n", name, ns,
        scale, checksum);
  }

  static double byTwo(int passes) {
    return createByTwo(passes) / passes / BATCH;
  }

  public static void main(String[] arguments) {
    fields();
    add("create/2/jvm", BATCH, Struct::createTwo);
    add("create/4/jvm", BATCH, Struct::createFour);
    add("create/8/jvm", BATCH, Struct::createEight);
    for (final int n : new int[] {1, 100, 10000}) {
      add("prototype/" + n + "/jvm_ClassValue", BATCH,
          passes -> lookUpClassValue(shapesOf(n), passes));
      add("prototype/" + n + "/jvm_thread_local_HashMap", BATCH,
          passes -> lookUpHashMap(shapesOf(n), passes));
    }
    if (arguments[0].equals("--list")) {
      System.out.printf("{\"peer\": \"JVM\", \"version\": \"%s %s %s\"}%n",
          System.getProperty("java.vm.name"), System.getProperty("java.vm.version"),
          String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
      for (final String name : cases.keySet()) System.out.printf("{\"name\": \"%s\"}%n", name);
      System.out.printf("{\"name\": \"%s\"}%n", BY_TWO);
    } else if (arguments[0].equals("--smoke")) {
      cases.forEach((name, one) -> say(name, one.measure(), 0));
      say(BY_TWO, byTwo(1), 0);
    } else {
      final List<String> chosen = List.of(arguments).subList(1, arguments.length);
      for (final String name : chosen) if (!name.equals(BY_TWO)) cases.get(name).prepare();
      for (int i = 0; i < Integer.parseInt(arguments[0]); ++i) {
        for (final String name : chosen) {
          if (name.equals(BY_TWO)) say(name, byTwo(BY_TWO_PASSES), 0);
          else say(name, cases.get(name).measure(), cases.get(name).scale);
        }
      }
    }
  }
}
