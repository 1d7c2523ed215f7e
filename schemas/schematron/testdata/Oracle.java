import java.io.*;
import java.nio.charset.StandardCharsets;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.*;

/** Runs Schematron rules by Saxon: args are oracle.xsl, the rules, the phase; a document's path a line on standard input, its lines and a line END on standard output. */
public class Oracle {
  public static void main(String[] args) throws Exception {
    Processor processor = new Processor(false);
    XsltCompiler compiler = processor.newXsltCompiler();
    Xslt30Transformer translate = compiler.compile(new StreamSource(new File(args[0]))).load30();
    java.util.Map<QName, XdmValue> params = new java.util.HashMap<>();
    params.put(new QName("phase"), new XdmAtomicValue(args[2]));
    translate.setStylesheetParameters(params);
    XdmDestination made = new XdmDestination();
    XdmNode rules = processor.newDocumentBuilder().build(new File(args[1]));
    translate.setGlobalContextItem(rules);
    translate.applyTemplates(rules, made);
    XsltExecutable run = compiler.compile(made.getXdmNode().asSource());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
    for (String line; (line = in.readLine()) != null; ) {
      StringWriter w = new StringWriter();
      try {
        DocumentBuilder b = processor.newDocumentBuilder();
        XdmNode doc = b.build(new File(line));
        Xslt30Transformer t = run.load30();
        t.setGlobalContextItem(doc);
        t.applyTemplates(doc, processor.newSerializer(w));
      } catch (SaxonApiException e) {
        w.write("BROKEN " + e.getMessage() + "\n");
      }
      out.print(w);
      out.println("END");
      out.flush();
    }
  }
}
