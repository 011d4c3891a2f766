package parallax.bench.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.bench.common.Folders;
import parallax.bench.common.Options;
import parallax.bench.common.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parallax bench store}. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description =
        "Appends batches of 1, 10, 100 and 1,000 inputs to the bare disk, to SQLite with one blob a"
            + " batch and to the journal's segment files, and reads everything back.")
public final class StoreCommand implements Callable<Integer> {
  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "of each size for each store (default: ${DEFAULT-VALUE})")
  private int batches = 300;

  @Option(
      names = "--inputs",
      paramLabel = "N",
      description = "in each store when it is read back (default: ${DEFAULT-VALUE})")
  private int inputs = 1_000_000;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "of an input (default: ${DEFAULT-VALUE})")
  private int size = 300;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "on the disk to be measured (default: the folder for temporary files)")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir", "."));

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  /** With the options' defaults. */
  public StoreCommand() {}

  @Override
  public Integer call() throws Exception {
    Options.require(spec, "--batches", batches, batches >= 10, "10 or more");
    Options.require(spec, "--inputs", inputs, inputs >= 1, "1 or more");
    Options.require(spec, "--size", size, size >= 1 && size <= 1 << 20, "1 to " + (1 << 20));
    Options.require(
        spec, "--dir", directory, Files.isDirectory(directory), "a folder that is there");
    Output.requireWritable(json);
    Output output = new Output(System.out);
    Path folder = Files.createTempDirectory(directory, "parallax-bench");
    List<Store> stores = new ArrayList<>();
    try {
      stores.add(new BareDisk(folder));
      stores.add(new BlobSqlite(folder));
      stores.add(new SegmentFiles(folder));
      StoreBench.Plan plan = new StoreBench.Plan(batches, inputs, size);
      output.write(json, new StoreBench(plan, output).run(stores));
    } finally {
      for (Store s : stores) {
        s.close();
      }
      Folders.delete(folder);
    }
    return 0;
  }
}
