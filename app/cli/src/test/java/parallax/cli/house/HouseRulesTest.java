package parallax.cli.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parallax.outside.RuleBreaker;

/**
 * The house rules over every class of every module: what is deterministic stays so, what touches
 * the world is in module node alone, and modules depend on one another in one direction. Each rule
 * is also run on a class that breaks it.
 */
class HouseRulesTest {
  private static final String[] FREE = {"parallax.node..", "parallax.bench.."};

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
   * The modules in the order of the root pom; each may depend on those before it, and only on those
   * named where it is more than the order allows.
   */
  private static final List<String> ORDER =
      List.of(
          "model",
          "signing",
          "journal",
          "tracking",
          "release",
          "link",
          "warning",
          "engine",
          "formats",
          "runtime",
          "audit",
          "exercise",
          "simulation",
          "node");

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
        .because(what + " are for module node alone");
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
          .that(
              resideOutsideOfPackages("parallax.formats..", "parallax.node..", "parallax.bench.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("parallax.wire.proto..", "com.google.protobuf.."))
          .because("generated types are an affair of module formats");

  private static final ArchRule NO_PRINTING =
      noClasses()
          .that(resideOutsideOfPackages(FREE))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("only module node speaks");

  private static ArchRule onlyEarlier(String module) {
    List<String> allowed = new ArrayList<>();
    if (module.equals("exercise")) {
      allowed.add("parallax.model..");
    } else {
      for (String m : ORDER.subList(0, ORDER.indexOf(module))) {
        allowed.add("parallax." + m + "..");
      }
    }
    allowed.add("parallax." + module + "..");
    return classes()
        .that(resideInAnyPackage("parallax." + module + ".."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed.toArray(String[]::new))
                .or(resideOutsideOfPackages("parallax..")))
        .because("arrows only point up the list of modules");
  }

  private static void holds(ArchRule rule) {
    rule.check(MAIN);
  }

  private static void canFail(ArchRule rule) {
    assertTrue(rule.evaluate(BAD).hasViolation(), rule.getDescription());
  }

  @Test
  void everyModuleIsLookedAt() {
    TreeSet<String> seen = new TreeSet<>();
    MAIN.forEach(c -> seen.add(c.getPackageName().replaceAll("^parallax\\.([a-z]+).*", "$1")));

    assertTrue(seen.containsAll(ORDER), "seen: " + seen);
    assertTrue(MAIN.size() > 200, "classes: " + MAIN.size());
    assertFalse(MAIN.contain(HouseRulesTest.class));
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
  void generatedTypesStayInsideFormats() {
    holds(WIRE_STAYS_INSIDE);
    canFail(WIRE_STAYS_INSIDE);
  }

  @Test
  void modulesDependOnEarlierModulesOnly() {
    ORDER.forEach(m -> holds(onlyEarlier(m)));
    assertTrue(
        onlyEarlier("journal")
            .evaluate(new ClassFileImporter().importPackages("parallax.journal"))
            .getFailureReport()
            .isEmpty());
    ArchRule linkKnowsModelOnly =
        classes()
            .that(resideInAnyPackage("parallax.link.."))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("parallax.model..", "parallax.link..")
                    .or(resideOutsideOfPackages("parallax..")));
    assertTrue(linkKnowsModelOnly.evaluate(MAIN).hasViolation(), "link uses signing and release");
  }

  @Test
  void modulesHaveNoCycles() {
    slices().matching("parallax.(*)..").should().beFreeOfCycles().check(MAIN);
  }
}
