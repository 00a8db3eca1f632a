/// The style of a page: one type scale, calm tables, light and dark, print. No font and no picture is fetched.
public enum Stylesheet {
  /// The style as a file of its own.
  public static var bytes: [UInt8] {
    text.withUTF8Buffer { Array($0) } + chartStyle.withUTF8Buffer { Array($0) }
  }

  /// Sizes of text: six steps, named --t1 (labels of evidence) to --t6 (the title of a page).
  static let text: StaticString = """

    :root{--ink:#1d2430;--soft:#566072;--line:#d9dee7;--paper:#fff;--tint:#f5f7fa;--link:#0b57a4;--warn:#8a4b00;--warnbg:#fff6e5;--edge:#76808f;--step:1.25rem;--t1:.75rem;--t2:.875rem;--t3:1rem;--t4:1.125rem;--t5:1.375rem;--t6:clamp(1.75rem,1.3rem + 1.8vw,2.25rem)}
    @media (prefers-color-scheme:dark){:root{--ink:#e7eaf0;--soft:#a3adbd;--line:#333b48;--paper:#12161c;--tint:#1a2029;--link:#8ec1ff;--warn:#ffc978;--warnbg:#2b2214;--edge:#7d8796}}
    *{box-sizing:border-box}
    html{font-size:100%;scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:var(--t3)/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
    a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.2em}
    a:hover{text-decoration-thickness:2px}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:.125rem}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:4}
    header,main,footer{max-width:72rem;margin:0 auto;padding:0 var(--step)}
    header{padding-top:var(--step)}
    .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.75rem;min-height:2.5rem}
    .brand{margin:0;font-weight:700;letter-spacing:.01em}
    .brand a{color:inherit;text-decoration:none}
    nav ul,nav ol{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0;max-width:none;font-size:var(--t2)}
    nav li{margin:0}
    nav a{display:inline-block;padding:.25rem 0;text-decoration:none}
    nav a:hover,nav a:focus-visible{text-decoration:underline}
    nav a[aria-current]{font-weight:600;color:var(--ink)}
    .sections{margin-top:.75rem;padding-top:.625rem;border-top:1px solid var(--line)}
    .crumbs{margin-top:.75rem;color:var(--soft)}
    .crumbs li{padding:.25rem 0}.crumbs a{padding:0}
    .crumbs li+li::before{content:"›";margin-right:.6rem;color:var(--soft)}
    .crumbs ol{gap:0 .6rem}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .find{display:flex;gap:.5rem;margin-left:auto}
    .find input{width:13rem;max-width:60vw}
    input,select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:.375rem;padding:.375rem .625rem;min-height:2.5rem}
    button{background:var(--link);border-color:var(--link);color:var(--paper);font-weight:600;padding:.375rem 1rem;cursor:pointer}
    button:hover{background:var(--ink);border-color:var(--ink)}
    ::placeholder{color:var(--soft);opacity:1}
    input[aria-invalid],select[aria-invalid]{border-color:var(--warn);border-width:2px}
    .problem{margin:.25rem 0 0;color:var(--warn);font-size:var(--t2);max-width:22rem}
    .fields{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:start;margin-bottom:1.5rem}
    .field:has(>button){padding-top:1.65rem}
    .field{display:flex;flex-direction:column;gap:.25rem;min-width:0}
    .field label{font-size:var(--t2);color:var(--soft)}
    .field input{width:11rem;max-width:100%}
    .field input[type=search]{width:min(26rem,calc(100vw - 2*var(--step)))}
    @media (min-width:40.01rem){#traffic-models{width:26rem}}
    .field select{max-width:min(16rem,calc(100vw - 2*var(--step)))}
    footer{padding-top:1.5rem;padding-bottom:3rem;color:var(--soft);font-size:var(--t2)}
    footer p{border-top:0;margin:0 0 .5rem;max-width:none}
    footer p:first-child{border-top:1px solid var(--line);padding-top:1.5rem}
    h1{font-size:var(--t6);line-height:1.2;letter-spacing:-.01em;margin:1.75rem 0 1rem;text-wrap:balance}
    h2{font-size:var(--t5);line-height:1.3;margin:2.5rem 0 1rem;padding-top:2rem;border-top:1px solid var(--line);text-wrap:balance}
    h3{font-size:var(--t4);line-height:1.4;margin:0 0 .5rem}
    p,ul,ol{max-width:44rem;margin:0 0 1rem}
    ul,ol{padding-left:1.25rem}
    li{margin:.25rem 0}
    .notice{background:var(--warnbg);border-left:4px solid var(--warn);padding:.75rem 1rem}
    .sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:1.5rem;margin-bottom:1.5rem}
    .side{background:var(--tint);border-radius:.5rem;padding:1.25rem 1.5rem}
    .side ul{margin:0}
    .question{margin-bottom:1.5rem}
    .question p{margin:0}
    .scroll{overflow-x:auto;margin-bottom:1.5rem}
    caption.same{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--soft);font-size:var(--t2);padding-bottom:.5rem}
    th,td{text-align:left;vertical-align:top;padding:.625rem .75rem;border-bottom:1px solid var(--line)}
    th:first-child{padding-left:0}
    td:last-child,th:last-child{padding-right:0}
    thead th{font-size:var(--t2);border-bottom:0;box-shadow:inset 0 -2px var(--line);white-space:nowrap;background:var(--paper)}
    tbody th{font-weight:600;min-width:9rem;max-width:20rem;position:sticky;left:0;z-index:1;background:var(--paper)}
    th small{display:block;font-weight:400;color:var(--soft);font-size:var(--t1);line-height:1.5}
    .wide{font-size:var(--t2)}
    .wide td{min-width:7rem}
    .long{overflow:auto;max-height:85vh;overscroll-behavior-x:contain}
    .long thead th{position:sticky;top:0;z-index:2}
    .long thead th:first-child{left:0;z-index:3}
    .v{font-weight:500}
    .unknown{color:var(--soft);font-style:italic;font-weight:400}
    .mark{font-size:var(--t1);color:var(--warn);border:1px solid currentColor;border-radius:.25rem;padding:0 .3rem;white-space:nowrap}
    .cite{font-size:var(--t1);color:var(--soft);text-decoration:none;white-space:nowrap}
    .cite:hover{text-decoration:underline}
    .ev{display:inline-block;font-size:var(--t1);vertical-align:baseline;margin-right:-.2rem}
    .ev summary{cursor:pointer;color:var(--soft);list-style:none;padding:.15rem .2rem;border-radius:.25rem;white-space:nowrap}
    .ev summary::-webkit-details-marker{display:none}
    .ev summary:hover{background:var(--tint);text-decoration:underline}
    .ev[open] summary{background:var(--tint);color:var(--ink)}
    .ev ul{position:fixed;z-index:5;right:1rem;bottom:1rem;left:auto;width:min(34rem,calc(100vw - 2rem));max-height:50vh;overflow:auto;margin:0;padding:.75rem 1rem;list-style:none;background:var(--paper);color:var(--ink);border:1px solid var(--line);border-radius:.5rem;box-shadow:0 .5rem 2rem rgb(0 0 0/.25);font-size:var(--t2);line-height:1.45;font-weight:400;text-align:left;white-space:normal}
    .ev .differs{border-left:3px solid var(--warn);padding-left:.5rem}
    .ev .rule{color:var(--soft)}
    .records summary{cursor:pointer;font-weight:600;padding:.5rem 0}
    .records[open] summary{margin-bottom:.5rem}
    .sources{font-size:var(--t2);color:var(--soft);max-width:none;list-style:none;padding:0}
    .sources b{display:inline-block;min-width:2.2rem;color:var(--ink);font-weight:600}
    .sources li:target{background:var(--tint);outline:2px solid var(--line)}
    .links{list-style:none;padding:0;max-width:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(21rem,100%),1fr));gap:.25rem 1.5rem}
    .links li{margin:.375rem 0}
    .links strong{font-weight:500}
    #timeline ul{list-style:none;padding:.25rem 0 .25rem 1.25rem;border-left:2px solid var(--line);margin-left:.375rem}
    #timeline li{position:relative;margin:.625rem 0}
    #timeline li::before{content:"";position:absolute;left:calc(-1.25rem - 1px);top:.8em;width:.625rem;height:.625rem;border-radius:50%;background:var(--link);box-shadow:0 0 0 3px var(--paper);transform:translate(-50%,-50%)}
    main{padding-bottom:2.5rem}
    @media (min-width:75rem){.long:not(.broad){overflow:visible;max-height:none}.pair{display:grid;grid-template-columns:38rem minmax(0,1fr);gap:2.5rem;align-items:start}.pair figure{position:sticky;top:1rem}.pair table{font-size:var(--t2)}.pair thead th{white-space:normal}.pair tbody th{min-width:0}.pair .long{overflow:auto;max-height:calc(100vh - 2rem)}}
    @media (min-width:40.01rem) and (max-width:56rem){.bar{gap:.5rem 1rem}.bar ul{gap:.25rem .9rem}.find input{width:8.5rem}}
    @media (max-width:40rem){:root{--step:1rem}.sections ul{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap;scrollbar-width:thin}.find{margin-left:0;width:100%}.find input{flex:1;max-width:none}.fields{display:grid;grid-template-columns:repeat(2,minmax(0,1fr))}.field input,.field input[type=search],.field select,.field button{width:100%;max-width:none}.field:has(>button){padding-top:0;align-self:end}.field:has(input[type=search]),.field:has(#traffic-models){grid-column:1/-1}table{font-size:var(--t2)}tbody th{min-width:5.5rem;max-width:7rem;hyphens:auto}th,td{padding:.5rem .4rem}:not(.wide)>thead th{white-space:normal}.few{table-layout:fixed}.few td{overflow-wrap:anywhere}.few tbody th{min-width:0;max-width:none}.few .ev summary{white-space:normal;overflow-wrap:anywhere}.few th:first-child{width:31%}.few th:first-child:nth-last-child(2){width:42%}.side{padding:1rem}}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}*{transition:none!important;animation:none!important}}
    @media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--tint:#fff;--link:#000;--step:0}body{font-size:10pt}header nav,.skip,.find,form,.ev summary,.records summary{display:none}.scroll,.long{overflow:visible;max-height:none}.wide{font-size:7.5pt}.wide td,.wide tbody th{min-width:0;padding-right:.4rem;padding-left:0;overflow-wrap:anywhere}.wide thead th{white-space:normal;padding-left:0}thead{display:table-header-group}thead th,tbody th,.pair figure{position:static!important}.pair{display:block}h2,h3,caption{break-after:avoid}tr,figure,.side,.question{break-inside:avoid}main a[href^="http"]::after{content:" (" attr(href) ")";font-size:var(--t1)}}

    """
}
