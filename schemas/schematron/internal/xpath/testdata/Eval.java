import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import net.sf.saxon.s9api.*;

/** Evaluates the expressions of standard input by Saxon: lines of version, tab, expression; answers a line each. */
public class Eval {
  public static void main(String[] args) throws Exception {
    Processor processor = new Processor(false);
    XdmNode doc = processor.newDocumentBuilder().build(new File(args[0]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    XPathCompiler paths = compiler(processor, "3.1", false);
    for (String line; (line = in.readLine()) != null; ) {
      int tab = line.indexOf('\t');
      boolean old = line.startsWith("1");
      String expression = line.substring(tab + 1).replace("\\n", "\n");
      String answer;
      try {
        XPathSelector s = compiler(processor, old ? "2.0" : "3.1", old).compile(expression).load();
        s.setContextItem(doc);
        StringBuilder b = new StringBuilder();
        for (XdmItem i : s.evaluate()) {
          if (b.length() > 0) b.append("; ");
          if (i instanceof XdmNode) b.append("node ").append(paths.evaluateSingle("path(.)", i).getStringValue());
          else b.append(((XdmAtomicValue) i).getPrimitiveTypeName().getLocalName()).append(' ').append(i.getStringValue());
        }
        answer = b.toString();
      } catch (SaxonApiException e) {
        answer = "error";
      }
      out.println(answer.replace("\n", "\\n"));
    }
  }

  static XPathCompiler compiler(Processor p, String version, boolean old) {
    XPathCompiler c = p.newXPathCompiler();
    c.setLanguageVersion(version);
    c.setBackwardsCompatible(old);
    c.declareNamespace("t", "http://www.tei-c.org/ns/1.0");
    c.declareNamespace("x", "urn:x");
    c.declareNamespace("math", "http://www.w3.org/2005/xpath-functions/math");
    return c;
  }
}
