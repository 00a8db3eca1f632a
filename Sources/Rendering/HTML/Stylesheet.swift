/// The style of a page: one type scale, calm tables, light and dark, print. No font and no picture is fetched.
public enum Stylesheet {
  /// The style as a file of its own.
  public static var bytes: [UInt8] {
    text.withUTF8Buffer { Array($0) } + chartStyle.withUTF8Buffer { Array($0) }
  }

  static let text: StaticString = """

    :root{--ink:#1d2430;--soft:#566072;--line:#d9dee7;--paper:#fff;--tint:#f5f7fa;--link:#0b57a4;--warn:#8a4b00;--warnbg:#fff6e5;--edge:#76808f;--step:1.25rem}
    @media (prefers-color-scheme:dark){:root{--ink:#e7eaf0;--soft:#a3adbd;--line:#333b48;--paper:#12161c;--tint:#1a2029;--link:#8ec1ff;--warn:#ffc978;--warnbg:#2b2214;--edge:#7d8796}}
    *{box-sizing:border-box}
    html{font-size:100%;scroll-behavior:smooth;scroll-padding-top:1rem}
    body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
    a{color:var(--link);text-underline-offset:.15em}
    a:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
    header,main{max-width:72rem;margin:0 auto;padding:0 var(--step)}
    header{padding-top:var(--step)}
    .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.5rem}
    .brand{margin:0;font-weight:600;letter-spacing:.02em}
    .brand a{color:inherit;text-decoration:none}
    nav ul,nav ol{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0;max-width:none;font-size:.875rem}
    nav li{margin:0}
    nav a{display:inline-block;padding:.25rem 0}
    nav a[aria-current]{font-weight:600;color:var(--ink)}
    .sections{margin-top:.5rem;padding-top:.5rem;border-top:1px solid var(--line)}
    .crumbs{margin-top:.5rem;color:var(--soft)}
    .crumbs li{padding:.25rem 0}.crumbs a{padding:0}
    .crumbs li+li::before{content:"›";margin-right:.6rem;color:var(--soft)}
    .crumbs ol{gap:0 .6rem}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .find{display:flex;gap:.5rem;margin-left:auto}
    input,select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:.375rem;padding:.375rem .625rem;min-height:2.5rem}
    button{background:var(--link);border-color:var(--link);color:var(--paper);font-weight:600;cursor:pointer}
    input:focus-visible,select:focus-visible,button:focus-visible,summary:focus-visible,pre:focus-visible{outline:3px solid var(--link);outline-offset:2px}
    input[aria-invalid]{border-color:var(--warn);border-width:2px}
    .problem{margin:.25rem 0 0;color:var(--warn);font-size:.875rem}
    .fields{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;margin-bottom:1.5rem}
    .field{display:flex;flex-direction:column;gap:.25rem;min-width:0}
    .field label{font-size:.875rem;color:var(--soft)}
    .field input{width:11rem;max-width:100%}
    .field input[type=search]{width:min(26rem,calc(100vw - 8rem))}
    .field select{max-width:min(16rem,calc(100vw - 2rem))}
    .find input{width:12rem;max-width:60vw}
    footer{max-width:72rem;margin:0 auto;padding:1.5rem var(--step) 3rem;color:var(--soft);font-size:.875rem;border-top:1px solid var(--line)}
    h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.4rem);line-height:1.2;margin:1.5rem 0 1rem;text-wrap:balance}
    h2{font-size:1.35rem;line-height:1.3;margin:3rem 0 1rem;padding-top:1rem;border-top:1px solid var(--line)}
    h3{font-size:1.05rem;line-height:1.4;margin:0 0 .5rem}
    p,ul,ol{max-width:46rem;margin:0 0 1rem}
    ul,ol{padding-left:1.25rem}
    li{margin:.25rem 0}
    .notice{background:var(--warnbg);border-left:4px solid var(--warn);padding:.75rem 1rem}
    .sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:1.5rem;margin-bottom:1rem}
    .side{background:var(--tint);border-radius:.5rem;padding:1rem 1.25rem}
    .side ul{margin:0}
    .question{margin-bottom:1.5rem}
    .scroll{overflow-x:auto;margin-bottom:1.5rem}
    caption.same{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.5rem}
    th,td{text-align:left;vertical-align:top;padding:.6rem .75rem;border-bottom:1px solid var(--line)}
    thead th{border-bottom:2px solid var(--line);white-space:nowrap}
    tbody th{font-weight:600;min-width:9rem;max-width:20rem;position:sticky;left:0;background:var(--paper)}
    th small{display:block;font-weight:400;color:var(--soft);line-height:1.4}
    .wide{font-size:.9rem}
    .wide td{min-width:6.5rem}
    .v{font-weight:500}
    .unknown{color:var(--soft);font-style:italic;font-weight:400}
    .mark{font-size:.75rem;color:var(--warn);border:1px solid currentColor;border-radius:.25rem;padding:0 .3rem;white-space:nowrap}
    .cite{font-size:.75rem;color:var(--soft);text-decoration:none;white-space:nowrap}
    .cite:hover{text-decoration:underline}
    .ev{display:inline-block;font-size:.75rem;vertical-align:baseline}
    .ev summary{cursor:pointer;color:var(--soft);list-style:none;padding:.15rem .2rem;border-radius:.25rem;white-space:nowrap}
    .ev summary::-webkit-details-marker{display:none}
    .ev summary:hover{background:var(--tint);text-decoration:underline}
    .ev[open] summary{background:var(--tint);color:var(--ink)}
    .ev ul{position:fixed;z-index:3;right:1rem;bottom:1rem;left:auto;width:min(34rem,calc(100vw - 2rem));max-height:50vh;overflow:auto;margin:0;padding:.75rem 1rem;list-style:none;background:var(--paper);color:var(--ink);border:1px solid var(--line);border-radius:.5rem;box-shadow:0 .5rem 2rem rgb(0 0 0/.25);font-size:.875rem;line-height:1.45;font-weight:400;text-align:left;white-space:normal}
    .ev .differs{border-left:3px solid var(--warn);padding-left:.5rem}
    .ev .rule{color:var(--soft)}
    .sources{font-size:.875rem;color:var(--soft);max-width:none;list-style:none;padding:0}
    .sources b{display:inline-block;min-width:2.2rem;color:var(--ink);font-weight:600}
    .sources li:target{background:var(--tint);outline:2px solid var(--line)}
    .links{list-style:none;padding:0;max-width:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(22rem,100%),1fr));gap:.25rem 1.5rem}
    .links li{margin:.4rem 0}
    main{padding-bottom:4rem}
    @media (max-width:40rem){:root{--step:1rem}.sections ul{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap;scrollbar-width:thin}.find{margin-left:0;width:100%}.find input{flex:1;max-width:none}table{font-size:.9rem}tbody th{min-width:5.5rem;max-width:6.5rem;hyphens:auto}th,td{padding:.5rem .4rem}td{overflow-wrap:anywhere}}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    @media print{header nav,.skip,.find,form,.ev summary{display:none}.scroll{overflow:visible}h2{break-after:avoid}tr{break-inside:avoid}}

    """
}
