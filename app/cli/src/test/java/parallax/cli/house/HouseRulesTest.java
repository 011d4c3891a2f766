package parallax.cli.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parallax.outside.RuleBreaker;

/**
 * The house rules over every class of every module: what is deterministic stays so, only some
 * floors touch the world, modules depend on one another in one direction, and no packages form a
 * cycle. Each rule is also run on classes that break it.
 */
class HouseRulesTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(l -> !l.contains("-tests.jar"))
          .importPackages("parallax");

  private static final JavaClasses BAD =
      new ClassFileImporter().importClasses(RuleBreaker.class, RuleBreaker.Lister.class);

  private static final List<String> CLOCKS =
      List.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.ZoneId.systemDefault");
  private static final List<String> CLOCK_TYPES =
      List.of(
          "java\\.time\\.Clock",
          "java\\.util\\.Calendar",
          "java\\.util\\.Timer",
          "java\\.util\\.Date");
  private static final List<String> CHANCE =
      List.of("java.lang.Math.random", "java.util.UUID.randomUUID");
  private static final List<String> CHANCE_TYPES =
      List.of(
          "java\\.util\\.Random",
          "java\\.security\\.SecureRandom",
          "java\\.util\\.concurrent\\.ThreadLocalRandom");
  private static final List<String> FILE_TYPES =
      List.of(
          "java\\.io\\.File.*",
          "java\\.io\\.RandomAccessFile",
          "java\\.nio\\.file\\..*",
          "java\\.sql\\..*");
  private static final List<String> SOCKET_TYPES =
      List.of(
          "java\\.net\\.(Server|Datagram|Multicast)?Socket.*",
          "java\\.net\\.Inet.*",
          "java\\.net\\.http\\..*",
          "java\\.net\\.URL.*",
          "java\\.nio\\.channels\\..*",
          "io\\.grpc\\..*",
          "javax\\.net\\..*");
  private static final List<String> THREAD_TYPES =
      List.of(
          "java\\.lang\\.Thread.*",
          "java\\.util\\.concurrent\\.(Executor.*|.*ExecutorService|CompletableFuture|ForkJoin.*)");
  private static final List<String> THREADS =
      List.of(
          "java.util.Collection.parallelStream",
          "java.util.List.parallelStream",
          "java.util.stream.Stream.parallel",
          "java.util.stream.BaseStream.parallel",
          "java.util.stream.IntStream.parallel",
          "java.util.stream.DoubleStream.parallel",
          "java.lang.Object.wait");

  /** Methods that take the machine's locale or charset when none is given; never, anywhere. */
  private static final List<String> DEFAULTS =
      List.of(
          "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
          "java.lang.String.formatted([Ljava.lang.Object;)",
          "java.lang.String.getBytes()",
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.lang.String.<init>([B)",
          "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)",
          "java.io.InputStreamReader.<init>(java.io.InputStream)",
          "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
          "java.io.FileReader.<init>(java.lang.String)",
          "java.io.FileReader.<init>(java.io.File)",
          "java.io.FileWriter.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.io.File)",
          "java.util.Formatter.<init>()",
          "java.util.Formatter.<init>(java.lang.Appendable)",
          "java.util.Scanner.<init>(java.io.InputStream)");

  /**
   * Every module: its floor, and its packages. In the order in which they may stand on one another:
   * a module knows only those before it.
   */
  private static final Map<String, String> MODULES = new LinkedHashMap<>();

  static {
    for (String core :
        List.of(
            "model",
            "signing",
            "tables",
            "journal",
            "tracking",
            "release",
            "link",
            "warning",
            "engine",
            "wire",
            "words",
            "formats",
            "runtime",
            "audit")) {
      MODULES.put("core/" + core, "parallax." + core);
    }
    MODULES.put("node/files", "parallax.files");
    MODULES.put("node/credentials", "parallax.credentials");
    MODULES.put("node/journal-sqlite", "parallax.journal.sqlite");
    MODULES.put("node/journal-files", "parallax.journal.files");
    MODULES.put("node/transport", "parallax.transport");
    MODULES.put("node/client", "parallax.client");
    MODULES.put("node/host", "parallax.host");
    MODULES.put("lab/exercise", "parallax.exercise");
    MODULES.put("lab/simulation", "parallax.simulation");
    MODULES.put("lab/evaluation", "parallax.evaluation");
    MODULES.put("lab/bench", "parallax.bench");
    MODULES.put("app/report", "parallax.report");
    MODULES.put("app/demo", "parallax.demo");
    MODULES.put("app/cli", "parallax.cli");
  }

  /**
   * Where clocks, files, sockets, threads and printing are at home: the packages of these modules.
   */
  private static final String[] FREE =
      MODULES.entrySet().stream()
          .filter(m -> !m.getKey().startsWith("core/"))
          .filter(m -> !List.of("lab/exercise", "lab/simulation").contains(m.getKey()))
          .map(m -> m.getValue() + "..")
          .toArray(String[]::new);

  /** What a module may know beside its own packages, where that is less than all before it. */
  private static final Map<String, List<String>> ONLY =
      Map.of(
          "node/files", List.of("parallax.model"),
          "node/credentials", List.of("parallax.model", "parallax.signing", "parallax.files"),
          "lab/exercise", List.of("parallax.model", "parallax.tables"),
          "node/client",
              List.of(
                  "parallax.model",
                  "parallax.link",
                  "parallax.engine",
                  "parallax.warning",
                  "parallax.release",
                  "parallax.signing",
                  "parallax.wire",
                  "parallax.credentials",
                  "parallax.transport"));

  private static DescribedPredicate<JavaAccess<?>> calls(List<String> methods) {
    return describe(
        "calls of " + methods,
        a -> methods.contains(a.getTargetOwner().getName() + "." + a.getTarget().getName()));
  }

  private static ArchRule outsideNode(String what, List<String> methods, List<String> types) {
    String pattern = types.isEmpty() ? "-" : String.join("|", types);
    return noClasses()
        .that(resideOutsideOfPackages(FREE))
        .should()
        .accessTargetWhere(calls(methods))
        .orShould()
        .dependOnClassesThat(
            describe(
                "types of " + what,
                (JavaClass c) ->
                    c.getName().matches(pattern)
                        && !c.getName().matches("java\\.lang\\.Thread\\$Uncaught.*")))
        .because(what + " are for the floors node and app, and for the measuring rooms of lab");
  }

  private static final ArchRule NO_CLOCKS = outsideNode("clocks", CLOCKS, CLOCK_TYPES);
  private static final ArchRule NO_CHANCE = outsideNode("unseeded numbers", CHANCE, CHANCE_TYPES);
  private static final ArchRule NO_FILES = outsideNode("files", List.of(), FILE_TYPES);
  private static final ArchRule NO_SOCKETS = outsideNode("sockets", List.of(), SOCKET_TYPES);
  private static final ArchRule NO_THREADS = outsideNode("threads", THREADS, THREAD_TYPES);

  private static final ArchRule NO_DEFAULTS =
      noClasses()
          .that(resideOutsideOfPackages("parallax.wire.proto.."))
          .should()
          .accessTargetWhere(
              describe(
                  "calls that take the machine's locale or charset",
                  (JavaAccess<?> a) ->
                      a.getTarget() instanceof AccessTarget.CodeUnitCallTarget c
                          && DEFAULTS.contains(signature(c))))
          .because("what is written must not depend on where it is written");

  private static String signature(AccessTarget.CodeUnitCallTarget c) {
    return c.getOwner().getName()
        + "."
        + c.getName()
        + c.getRawParameterTypes().stream()
            .map(JavaClass::getName)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static final ArchRule WIRE_STAYS_INSIDE =
      noClasses()
          .that(resideOutsideOfPackages("parallax.wire..", "parallax.bench.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("parallax.wire.proto..", "com.google.protobuf.."))
          .because("generated types are an affair of module wire");

  private static final ArchRule NO_PRINTING =
      noClasses()
          .that(resideOutsideOfPackages(FREE))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("only the command line speaks, and what measures");

  private static String floor(String module) {
    return module.substring(0, module.indexOf('/'));
  }

  /** The packages that a class of {@code module} may know. */
  private static DescribedPredicate<JavaClass> allowed(String module) {
    List<String> known = new ArrayList<>();
    if (ONLY.containsKey(module)) {
      known.addAll(ONLY.get(module));
    } else {
      for (Map.Entry<String, String> m : MODULES.entrySet()) {
        if (m.getKey().equals(module)) {
          break;
        }
        boolean labSeenFromNode = floor(module).equals("node") && floor(m.getKey()).equals("lab");
        if (!labSeenFromNode) {
          known.add(m.getValue());
        }
      }
    }
    String own = MODULES.get(module);
    return describe(
        "known to " + module,
        (JavaClass c) ->
            !c.getPackageName().startsWith("parallax.")
                || module.equals(moduleOf(c))
                || known.contains(MODULES.get(moduleOf(c)))
                || c.getPackageName().equals(own));
  }

  private static String moduleOf(JavaClass c) {
    String best = "";
    int longest = 0;
    for (Map.Entry<String, String> m : MODULES.entrySet()) {
      String p = m.getValue();
      boolean inside = c.getPackageName().equals(p) || c.getPackageName().startsWith(p + ".");
      if (inside && p.length() > longest) {
        best = m.getKey();
        longest = p.length();
      }
    }
    return best;
  }

  /** Every package is a slice of its own, so a cycle inside a module is seen too. */
  private static final ArchRule NO_CYCLES =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass c) {
                  return c.getPackageName().startsWith("parallax.")
                      ? SliceIdentifier.of(c.getPackageName())
                      : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                  return "packages";
                }
              })
          .should()
          .beFreeOfCycles();

  private static ArchRule onlyEarlier(String module) {
    return classes()
        .that(describe("in " + module, (JavaClass c) -> moduleOf(c).equals(module)))
        .should()
        .onlyDependOnClassesThat(allowed(module))
        .because("arrows only point up the list of modules");
  }

  private static void holds(ArchRule rule) {
    rule.check(MAIN);
  }

  private static void canFail(ArchRule rule) {
    assertTrue(rule.evaluate(BAD).hasViolation(), rule.getDescription());
  }

  @Test
  void everyModuleIsLookedAt() throws IOException {
    TreeSet<String> seen = new TreeSet<>();
    MAIN.forEach(c -> seen.add(moduleOf(c)));

    assertEquals(new TreeSet<>(MODULES.keySet()), seen);
    assertTrue(MAIN.size() > 200, "classes: " + MAIN.size());
    assertFalse(MAIN.contain(HouseRulesTest.class));
    TreeSet<String> built = new TreeSet<>();
    Matcher m = Pattern.compile("<module>(.*?)</module>").matcher(read("pom.xml"));
    while (m.find()) {
      built.add(m.group(1));
    }
    assertEquals(new TreeSet<>(MODULES.keySet()), built, "modules of the root pom");
  }

  @Test
  void everyFloorAndModuleSaysWhatItIs() {
    Path root = Path.of(System.getProperty("parallax.root", "."));
    TreeSet<String> silent = new TreeSet<>();
    for (String module : MODULES.keySet()) {
      for (String place : List.of(floor(module), module)) {
        if (!Files.isRegularFile(root.resolve(place).resolve("README.md"))) {
          silent.add(place);
        }
      }
    }

    assertEquals(new TreeSet<>(), silent, "without a README.md");
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(System.getProperty("parallax.root", ".")).resolve(file));
  }

  @Test
  void noClocksOutsideNode() {
    holds(NO_CLOCKS);
    canFail(NO_CLOCKS);
  }

  @Test
  void noUnseededNumbersOutsideNode() {
    holds(NO_CHANCE);
    canFail(NO_CHANCE);
  }

  @Test
  void noFilesOutsideNode() {
    holds(NO_FILES);
    canFail(NO_FILES);
  }

  @Test
  void noSocketsOutsideNode() {
    holds(NO_SOCKETS);
    canFail(NO_SOCKETS);
  }

  @Test
  void noThreadsOutsideNode() {
    holds(NO_THREADS);
    canFail(NO_THREADS);
  }

  @Test
  void nothingIsPrintedOutsideNode() {
    holds(NO_PRINTING);
    canFail(NO_PRINTING);
  }

  @Test
  void nothingTakesTheMachinesLocaleOrCharset() {
    holds(NO_DEFAULTS);
    canFail(NO_DEFAULTS);
  }

  @Test
  void generatedTypesStayInsideWire() {
    holds(WIRE_STAYS_INSIDE);
    canFail(WIRE_STAYS_INSIDE);
  }

  @Test
  void modulesDependOnEarlierModulesOnly() {
    MODULES.keySet().forEach(m -> holds(onlyEarlier(m)));
    assertTrue(
        classes()
            .that(describe("in link", (JavaClass c) -> moduleOf(c).equals("core/link")))
            .should()
            .onlyDependOnClassesThat(allowed("core/model"))
            .evaluate(MAIN)
            .hasViolation(),
        "the rule sees that link stands on more than model does");
  }

  @Test
  void packagesHaveNoCycles() {
    NO_CYCLES.check(MAIN);
    assertTrue(
        NO_CYCLES
            .evaluate(
                new ClassFileImporter()
                    .importPackages("parallax.outside.left", "parallax.outside.right"))
            .hasViolation(),
        "the rule sees the cycle of the example");
  }
}
