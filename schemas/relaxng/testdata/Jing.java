import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.SchemaReader;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import com.thaiopensource.validate.prop.rng.RngProperty;
import com.thaiopensource.validate.rng.CompactSchemaReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.PrintStream;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/**
 * Answers for jing, many questions in one process. A question is a line, "schema PATH", which loads a schema, or
 * "document LENGTH" and so many bytes, a document to validate under the last schema. The answer is a line for each
 * message, "kind TAB line TAB column TAB message", then "valid", "invalid" or "broken" (the driver threw) alone. At the
 * end of the questions the folder of the one argument, where schemas may lie, is taken away.
 */
public class Jing {
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    ErrorHandler handler = new ErrorHandler() {
      void tell(String kind, SAXParseException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        out.println(kind + "\t" + e.getLineNumber() + "\t" + e.getColumnNumber() + "\t" + message);
      }

      public void warning(SAXParseException e) {
        tell("warning", e);
      }

      public void error(SAXParseException e) {
        tell("error", e);
      }

      public void fatalError(SAXParseException e) throws SAXParseException {
        tell("fatal", e);
        throw e;
      }
    };
    ValidationDriver driver = null;
    for (String line; !(line = line(in)).isEmpty(); ) {
      String rest = line.substring(line.indexOf(' ') + 1);
      String answer;
      try {
        boolean good;
        if (line.startsWith("schema ")) {
          PropertyMapBuilder properties = new PropertyMapBuilder();
          properties.put(ValidateProperty.ERROR_HANDLER, handler);
          RngProperty.CHECK_ID_IDREF.add(properties);
          SchemaReader reader = rest.endsWith(".rnc") ? CompactSchemaReader.getInstance() : null;
          driver = new ValidationDriver(properties.toPropertyMap(), reader);
          good = driver.loadSchema(ValidationDriver.uriOrFileInputSource(new File(rest).toURI().toString()));
        } else {
          byte[] text = new byte[Integer.parseInt(rest)];
          in.readFully(text);
          good = driver.validate(new InputSource(new ByteArrayInputStream(text)));
        }
        answer = good ? "valid" : "invalid";
      } catch (SAXParseException e) {
        answer = "invalid";
      } catch (Throwable e) {
        out.println("thrown\t0\t0\t" + String.valueOf(e).replaceAll("\\s+", " "));
        answer = "broken";
      }
      out.println(answer);
      out.flush();
    }
    remove(new File(args[0]));
  }
  /** A line, empty at the end. */
  static String line(DataInputStream in) throws Exception {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b; (b = in.read()) >= 0 && b != '\n'; ) {
      line.write(b);
    }
    return line.toString("UTF-8");
  }

  static void remove(File file) {
    File[] inside = file.listFiles();
    if (inside != null) {
      for (File f : inside) {
        remove(f);
      }
    }
    file.delete();
  }
}
