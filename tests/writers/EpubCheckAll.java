import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.WriterReportImpl;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Checks every file named on the command line in one process, since starting Java takes longer than a check. */
public class EpubCheckAll {
    public static void main(String[] names) {
        for (String name : names) {
            StringWriter said = new StringWriter();
            WriterReportImpl report = new WriterReportImpl(new PrintWriter(said, true)) {
                @Override
                public void info(String resource, FeatureEnum feature, String value) {}
            };
            new EpubCheck(new File(name), report).doValidate();
            int found = report.getFatalErrorCount() + report.getErrorCount() + report.getWarningCount();
            System.out.println((found == 0 ? "GOOD\t" : "BAD\t") + new File(name).getName());
            System.out.print(said.toString().indent(4));
        }
    }
}
