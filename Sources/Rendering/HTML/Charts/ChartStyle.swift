extension Stylesheet {
  /// Rules for charts: eight colours that keep 4.5:1 on the paper in light and in dark, hairlines for the grid, names on a
  /// ground of paper. Only colours live here; sizes, dashes and shapes stand in the drawing.
  static let chartStyle: StaticString = """

    :root{--c1:#1f5fa8;--c2:#a84300;--c3:#00705c;--c4:#a3246e;--c5:#6747b5;--c6:#735600;--c7:#465164;--c8:#b3261e;--quiet:#78839a}
    @media (prefers-color-scheme:dark){:root{--c1:#7db4f5;--c2:#f2a25c;--c3:#4fc9ae;--c4:#f08cc0;--c5:#b7a0f5;--c6:#d9bd4a;--c7:#b4becd;--c8:#ff9188;--quiet:#8792a5}}
    @media (forced-colors:active){:root{--c1:CanvasText;--c2:CanvasText;--c3:CanvasText;--c4:CanvasText;--c5:CanvasText;--c6:CanvasText;--c7:CanvasText;--c8:CanvasText;--quiet:GrayText;--ink:CanvasText;--soft:CanvasText;--line:GrayText;--paper:Canvas}}
    figure.chart{container-type:inline-size;max-width:46rem;margin:0 0 1.5rem}
    .chart figcaption{color:var(--soft);font-size:var(--t2);line-height:1.5;margin-bottom:1rem}
    .chart figcaption strong{display:block;color:var(--ink);font-size:var(--t4)}
    .chart svg{display:block;width:100%;height:auto}
    .chart .at-narrow{display:none;max-width:28rem}
    @container (max-width:37.9rem){.chart .at-wide{display:none}.chart .at-narrow{display:block}}
    .chart text{fill:var(--ink);font-variant-numeric:tabular-nums}
    .chart .soft,.chart .none{fill:var(--soft)}
    .chart .none{font-style:italic}
    .chart .strong{font-weight:600}
    .chart .name,.chart .none{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
    .chart path{fill:none}
    .chart .grid{stroke:var(--line);stroke-width:1px}
    .chart .axis{stroke:var(--soft);stroke-width:1px}
    .chart .leader{stroke:var(--quiet);stroke-width:1px}
    .chart .interval{stroke:var(--quiet);stroke-width:2px;stroke-linecap:round}
    .chart .front{stroke:var(--c1);stroke-width:1.75px;stroke-linejoin:round}
    .chart .c1{--c:var(--c1)}.chart .c2{--c:var(--c2)}.chart .c3{--c:var(--c3)}.chart .c4{--c:var(--c4)}
    .chart .c5{--c:var(--c5)}.chart .c6{--c:var(--c6)}.chart .c7{--c:var(--c7)}.chart .c8{--c:var(--c8)}
    .chart .quiet{--c:var(--quiet)}.chart .main{--c:var(--ink)}
    .chart .own{fill:var(--c)}
    .chart .line{stroke:var(--c);stroke-width:2px;stroke-linejoin:round}
    .chart .bar{fill:var(--c)}
    .chart .dot{fill:var(--c);stroke:var(--paper);stroke-width:1.25px;paint-order:stroke}
    .chart .open{fill:var(--paper);stroke:var(--c);stroke-width:1.75px}
    .chart .cross{stroke:var(--c);stroke-width:2.25px}
    .chart .paper{fill:var(--paper)}

    """

  /// What a chart takes from its page, for a chart that stands alone.
  static let standaloneChart: StaticString = """

    :root{--ink:#1d2430;--soft:#566072;--line:#d9dee7;--paper:#fff}
    @media (prefers-color-scheme:dark){:root{--ink:#e7eaf0;--soft:#a3adbd;--line:#333b48;--paper:#12161c}}
    text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    """
}
