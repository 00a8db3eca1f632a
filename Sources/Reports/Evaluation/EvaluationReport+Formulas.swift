import Documents
import Evaluating
import Facts
import Pages
import Statistics

/// How every number was made, in one place.
extension EvaluationReport {
  var formulaSection: Section {
    let metrics = CellMetric.allCases.map { metric in
      Table.Row(metric.rawValue, cells: [[.text(metric.title)], [.text(metric.formula)]])
    }
    let methods = Self.methods.map { method in
      Table.Row(method.name, cells: [[.text(method.use)], [.text(method.source)]])
    }
    return Section(
      id: "formulas", title: "How it was measured and worked out",
      blocks: [
        .paragraph([
          .text(
            "A \(confidence) interval is made so that \(MeasuredText.short(summary.question.confidence * 100)) of a hundred such intervals hold the true value. p is the chance of data at least as far apart if there were no difference; it is no measure of how large a difference is. Percentiles are by nearest rank: the smallest value that at least that share of the values do not exceed. Resampling starts from the seed \(String(summary.question.seed)), so that the same records give the same report."
          )
        ]),
        .table(
          Table(
            caption:
              "Metrics, version \(CellKey.metricVersion): one monotonic clock, stamped as bytes leave the socket, before they are parsed",
            head: ["Metric", "Name", "Formula"], rows: metrics)),
        .table(Table(caption: "Methods", head: ["Method", "Used for", "Source"], rows: methods)),
      ])
  }

  /// Each method with what it is used for and where it is defined.
  static let methods: [(name: String, use: String, source: String)] = [
    (
      "Wilson score interval", "Intervals of rates",
      "E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212"
    ),
    (
      "Exact McNemar test", "Whether two routes pass equally often",
      "Q. McNemar, Psychometrika 12 (1947), 153–157"
    ),
    (
      "mid-p", "The same, less timid",
      "M. W. Fagerland and others, BMC Medical Research Methodology 13:91 (2013)"
    ),
    (
      "Tango score interval and test", "The difference of pass rates on the same prompts, and margins",
      "T. Tango, Statistics in Medicine 17 (1998), 891–908"
    ),
    (
      "Two one-sided tests", "Equal within a margin",
      "D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987), 657–680"
    ),
    (
      "Bootstrap over clusters, BCa", "Means of cost and time",
      "B. Efron, Journal of the American Statistical Association 82 (1987), 171–185"
    ),
    (
      "Bootstrap over clusters, percentiles", "Differences of medians and p95",
      "B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13"
    ),
    (
      "Sign-flip test over clusters", "Means, and rates where pairs are not independent",
      "R. A. Fisher, The Design of Experiments (1935), section 21"
    ),
    (
      "Holm", "Several routes against one baseline",
      "S. Holm, Scandinavian Journal of Statistics 6 (1979), 65–70"
    ),
    ("Connor's sample size", "Prompts needed", "R. J. Connor, Biometrics 43 (1987), 207–211"),
  ]
}
