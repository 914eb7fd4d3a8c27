import java.util.*;

/** One Java program under a load of its own making. Arguments: entries kept, pause in ms. */
public class JavaLoad {
  public static void main(String[] args) throws Exception {
    int size = Integer.parseInt(args[0]);
    long pause = Long.parseLong(args[1]);
    Random random = new Random();
    Map<Integer, byte[]> kept = new LinkedHashMap<>();
    while (true) {
      for (int i = 0; i < 20; i++) kept.put(random.nextInt(size), new byte[random.nextInt(8000)]);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 500; i++) text.append(i).append(' ');
      Thread.sleep(pause);
    }
  }
}
