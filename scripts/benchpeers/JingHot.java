import com.sun.management.OperatingSystemMXBean;
import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import com.thaiopensource.validate.prop.rng.RngProperty;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/**
 * Measures jing in one process, after warming up, in processor time of the whole process: "load" prints milliseconds a
 * load of the schema, first and when hot; "validate" prints MB a second.
 *
 * <p>JingHot load SCHEMA SECONDS, or JingHot validate SCHEMA SECONDS FILE...
 */
public class JingHot {
  static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Seconds until the compiler of the virtual machine has done its work, as measured. */
  static final double WARM = 12;

  static double cpu() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  static ValidationDriver load(String schema) throws Exception {
    PropertyMapBuilder properties = new PropertyMapBuilder();
    properties.put(ValidateProperty.ERROR_HANDLER, new ErrorHandler() {
      public void warning(SAXParseException e) {}

      public void error(SAXParseException e) {}

      public void fatalError(SAXParseException e) throws SAXParseException {
        throw e;
      }
    });
    RngProperty.CHECK_ID_IDREF.add(properties);
    ValidationDriver driver = new ValidationDriver(properties.toPropertyMap());
    if (!driver.loadSchema(ValidationDriver.uriOrFileInputSource(new File(schema).toURI().toString()))) {
      throw new IllegalArgumentException(schema);
    }
    return driver;
  }

  public static void main(String[] args) throws Exception {
    double seconds = Double.parseDouble(args[2]);
    if (args[0].equals("load")) {
      double from = cpu();
      load(args[1]);
      double first = cpu() - from;
      for (from = cpu(); cpu() - from < WARM; ) {
        load(args[1]);
      }
      int n = 0;
      for (from = cpu(); cpu() - from < seconds; n++) {
        load(args[1]);
      }
      System.out.printf("%.1f %.1f%n", first * 1e3, (cpu() - from) * 1e3 / n);
      return;
    }
    byte[][] docs = new byte[args.length - 3][];
    for (int i = 0; i < docs.length; i++) {
      docs[i] = Files.readAllBytes(new File(args[i + 3]).toPath());
    }
    ValidationDriver driver = load(args[1]);
    run(driver, docs, WARM);
    System.out.printf("%.1f%n", run(driver, docs, seconds));
  }

  static double run(ValidationDriver driver, byte[][] docs, double seconds) throws Exception {
    double bytes = 0;
    double from = cpu();
    double spent = 0;
    while (spent < seconds) {
      for (byte[] doc : docs) {
        driver.validate(new InputSource(new ByteArrayInputStream(doc)));
        bytes += doc.length;
      }
      spent = cpu() - from;
    }
    return bytes / spent / 1e6;
  }
}
