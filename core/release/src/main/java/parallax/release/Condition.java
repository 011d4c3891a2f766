package parallax.release;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.Nation;

/**
 * The {@code when} of a rule: an expression in the Common Expression Language (CEL, language
 * definition of cel-spec), compiled and type-checked when the policy is read.
 *
 * <p>Of CEL only comparison, arithmetic, {@code in} over a list and logic are let in: no function,
 * macro, regular expression or index, so that an expression costs at most a step for each of its
 * few parts. Comparing a variable with a text that it can never have is an error too.
 */
public final class Condition {
  /** Longest expression, characters. */
  static final int LONGEST = 1000;

  private static final int DEEPEST = 32;
  private static final int MOST_PARTS = 200;
  private static final int MOST_CASES = 2_000;

  private static final SortedSet<String> ALLOWED =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              List.of(
                  "_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in",
                  "_?_:_", "_+_", "_-_", "_*_", "_/_", "-_")));

  private static final SortedSet<String> CALCULATING =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(List.of("_+_", "_-_", "_*_", "_/_", "-_", "_?_:_")));

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .maxParseErrorRecoveryLimit(1)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private final String text;
  private final Program program;
  private final EnumSet<Variable> needs;
  private final boolean namesPartner;

  private Condition(String text, Program program, EnumSet<Variable> needs) {
    this.text = text;
    this.program = program;
    this.needs = needs;
    this.namesPartner = needs.contains(Variable.PARTNER);
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder b =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros()
            .setResultType(SimpleType.BOOL);
    for (Variable v : Variable.values()) {
      b.addVar(v.written(), v.type());
    }
    return b.build();
  }

  /** What is wrong with an expression. */
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongException(String what) {
      super(what);
    }
  }

  /**
   * Compiles and checks an expression.
   *
   * @param text the expression
   * @param partners the partners it may name
   * @param channels the channels it may name
   * @throws WrongException saying what is wrong and in which column
   */
  static Condition compile(String text, SortedSet<Nation> partners, SortedSet<Channel> channels)
      throws WrongException {
    if (text.length() > LONGEST) {
      throw new WrongException("has " + text.length() + " characters; expected at most " + LONGEST);
    }
    CelValidationResult result = COMPILER.compile(text);
    if (result.hasError()) {
      throw new WrongException(describe(result.getErrors().getFirst()));
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      Walk walk = new Walk(partners, channels);
      walk.visit(tree.getExpr(), null);
      Condition c = new Condition(text, RUNTIME.createProgram(tree), walk.needs);
      if (c.isNeverTrue(walk)) {
        throw new WrongException("is never true, so the rule can never decide");
      }
      return c;
    } catch (dev.cel.common.CelValidationException | CelEvaluationException e) {
      throw new WrongException("is no condition: " + YamlReader.shown(String.valueOf(e)));
    }
  }

  /**
   * Whether no record at all can satisfy it. An expression that only compares variables with
   * constants cannot tell more apart than this: each word, and each number equal to a constant,
   * just below it and just above it. All combinations of these are tried. For an expression that
   * calculates, or that has too many combinations, the answer is no.
   */
  private boolean isNeverTrue(Walk walk) {
    List<Variable> variables = List.copyOf(needs);
    List<List<Object>> values = new ArrayList<>();
    long cases = 1;
    for (Variable v : variables) {
      List<Object> all =
          v.type().equals(SimpleType.STRING) ? List.copyOf(walk.words(v)) : walk.numbers();
      values.add(all);
      cases *= Math.max(1, all.size());
      if (walk.calculates || cases > MOST_CASES) {
        return false;
      }
    }
    EnumMap<Variable, Object> world = new EnumMap<>(Variable.class);
    for (long n = 0; n < cases; n++) {
      long rest = n;
      for (int i = 0; i < variables.size(); i++) {
        List<Object> all = values.get(i);
        world.put(variables.get(i), all.get((int) (rest % all.size())));
        rest /= all.size();
      }
      if (holds(name -> Optional.ofNullable(world.get(Variable.of(name))), false)) {
        return false;
      }
    }
    return true;
  }

  private static String describe(CelIssue issue) {
    String message = String.valueOf(issue.getMessage());
    if (message.startsWith("undeclared reference")) {
      message = "names what no record has; expected one of " + Variable.names();
    } else {
      int candidates = message.indexOf(" (candidates");
      message = candidates < 0 ? message : message.substring(0, candidates);
      message = YamlReader.shown(message, 200);
    }
    return "at column " + (issue.getSourceLocation().getColumn() + 1) + ": " + message;
  }

  /** The expression as written. */
  public String text() {
    return text;
  }

  /**
   * Whether it names the partner, so that the answer for one record can differ between partners.
   */
  boolean namesPartner() {
    return namesPartner;
  }

  /** The answer for every record, when it names no variable. */
  Optional<Boolean> constant() {
    return needs.isEmpty() ? Optional.of(holds(n -> Optional.empty(), false)) : Optional.empty();
  }

  /**
   * Whether it holds of a record.
   *
   * @param facts what is known of the record
   * @param partner for whom
   * @param inDoubt the answer when it names something that is not known, or fails
   */
  boolean holds(Facts facts, Nation partner, boolean inDoubt) {
    if (!facts.knows(needs)) {
      return inDoubt;
    }
    if (!namesPartner) {
      return holds(facts, inDoubt);
    }
    return holds(
        name ->
            name.equals(Variable.PARTNER.written())
                ? Optional.of(partner.code())
                : facts.find(name),
        inDoubt);
  }

  private boolean holds(dev.cel.runtime.CelVariableResolver resolver, boolean inDoubt) {
    try {
      return program.eval(resolver) instanceof Boolean b ? b : inDoubt;
    } catch (CelEvaluationException | RuntimeException e) {
      return inDoubt;
    }
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Condition c && c.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** Goes through the checked expression: what it uses, and whether it may. */
  private static final class Walk {
    private final EnumSet<Variable> needs = EnumSet.noneOf(Variable.class);
    private final List<String> partners;
    private final List<String> channels;
    private final TreeSet<Double> constants = new TreeSet<>(List.of(0.0));
    private boolean calculates;
    private int parts;

    Walk(SortedSet<Nation> partners, SortedSet<Channel> channels) {
      this.partners = partners.stream().map(Nation::code).toList();
      this.channels = channels.stream().map(Channel::name).toList();
    }

    /** What a variable of words can be. */
    List<String> words(Variable v) {
      return switch (v) {
        case PARTNER -> partners;
        case CHANNEL -> channels;
        default -> v.words();
      };
    }

    /** Numbers that comparisons with the constants tell apart. */
    List<Object> numbers() {
      List<Object> all = new ArrayList<>();
      for (double c : constants) {
        all.add(Math.nextDown(c));
        all.add(c);
        all.add(Math.nextUp(c));
      }
      return all;
    }

    /** Visits one part; {@code beside} is the variable a text is compared with. */
    private void visit(CelExpr e, @Nullable Variable beside) throws WrongException {
      if (++parts > MOST_PARTS) {
        throw new WrongException("has more than " + MOST_PARTS + " parts");
      }
      switch (e.getKind()) {
        case CONSTANT -> constant(e.constant(), beside);
        case IDENT -> {
          Variable v = Variable.of(e.ident().name());
          if (v == null) {
            throw new WrongException("names " + YamlReader.shown(e.ident().name()));
          }
          needs.add(v);
        }
        case CALL -> call(e.call());
        case LIST -> {
          for (CelExpr item : e.list().elements()) {
            visit(item, beside);
          }
        }
        default -> throw new WrongException("uses maps, fields or macros, which are not let in");
      }
    }

    private void call(CelExpr.CelCall call) throws WrongException {
      if (!ALLOWED.contains(call.function()) || call.target().isPresent()) {
        throw new WrongException(
            "uses "
                + YamlReader.shown(call.function())
                + "; expected comparison, arithmetic, in, &&, || and ! only");
      }
      calculates |= CALCULATING.contains(call.function());
      Variable compared = null;
      int variables = 0;
      for (CelExpr a : call.args()) {
        if (a.getKind() == CelExpr.ExprKind.Kind.IDENT) {
          compared = Variable.of(a.ident().name());
          variables++;
        }
      }
      calculates |= variables > 1;
      for (CelExpr a : call.args()) {
        visit(a, compared);
      }
    }

    private void constant(CelConstant c, @Nullable Variable beside) throws WrongException {
      switch (c.getKind()) {
        case DOUBLE_VALUE -> constants.add(c.doubleValue());
        case INT64_VALUE -> constants.add((double) c.int64Value());
        case UINT64_VALUE -> constants.add(c.uint64Value().doubleValue());
        case BOOLEAN_VALUE, STRING_VALUE -> {}
        default -> throw new WrongException("has bytes or null; expected numbers and words");
      }
      if (c.getKind() != CelConstant.Kind.STRING_VALUE) {
        return;
      }
      String word = c.stringValue();
      if (beside == null || !beside.type().equals(SimpleType.STRING)) {
        throw new WrongException(
            "has the text '" + YamlReader.shown(word) + "' beside no variable of words");
      }
      List<String> words = words(beside);
      if (!words.contains(word)) {
        throw new WrongException(
            "compares "
                + beside.written()
                + " with '"
                + YamlReader.shown(word)
                + "'; expected one of "
                + words);
      }
    }
  }
}
