/** What programs put on the clipboard, written after their habits. */

export const WEB = `<html><head><meta charset="utf-8"><title>no</title><style>p{}</style></head><body>
<!--StartFragment--><h1 style="font-weight: bold">Garden <b>notes</b></h1>
<script>alert(1)</script>
<p>Some <strong>bold</strong>, <em>slanted</em>
   and <code>code()</code> with <a href="https://example.org/a" style="text-decoration: underline">a link</a> and <a href="javascript:alert(1)">none</a>.</p>
<img src="https://example.org/tracker.gif" width="1">
<ul>
  <li>One
    <ul><li><p>Deeper</p><ol start="3"><li>Third</li></ol></li></ul>
  </li>
  <li>Two</li>
</ul>
<blockquote><p>Said</p><p>twice</p></blockquote>
<pre><code class="language-js">if (a &lt; b) {
  run()
}
</code></pre>
<hr>
<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked disabled> done</li>
<li class="task-list-item"><input type="checkbox" disabled> open</li></ul>
<p>Smile <img alt="🙂" src="https://example.org/1f642.png"></p><!--EndFragment--></body></html>`

export const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm;} @list l0 {mso-list-id:1;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoTitle>Report<o:p></o:p></p>
<h2><span style='mso-fareast-font-family:"Times New Roman"'>Plan<o:p></o:p></span></h2>
<p class=MsoNormal>Plain <b>strong</b> and <span style='font-style:italic'>slanted</span>
text.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>Below<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>3.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Third<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>4.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Fourth<o:p></o:p></p>
<p class=MsoQuote>Wise words<o:p></o:p></p>
<p class=MsoNormal>a<span style='mso-tab-count:1'>          </span>b<span style='mso-hide:all'>hidden</span><o:p></o:p></p>
<!--EndFragment--></body></html>`

export const WORD_ONLINE = `<div class="OutlineElement"><p role="heading" aria-level="2" class="Paragraph"><span class="TextRun"><span class="NormalTextRun">Title</span></span><span class="EOP">&nbsp;</span></p></div>
<div class="ListContainerWrapper"><ul class="BulletListStyle1" role="list"><li data-aria-level="1" role="listitem" class="OutlineElement"><p class="Paragraph"><span>One</span></p></li></ul></div>
<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="2" role="listitem"><p class="Paragraph"><span>Deeper</span></p></li></ul></div>
<div class="ListContainerWrapper"><ol role="list" start="1"><li data-aria-level="1" role="listitem"><p class="Paragraph"><span>First</span></p></li></ol></div>
<div class="ListContainerWrapper"><ol role="list" start="2"><li data-aria-level="1" role="listitem"><p class="Paragraph"><span>Second</span></p></li></ol></div>`

export const GOOGLE_DOCS = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr" style="line-height:1.38;"><span style="font-size:20pt;font-family:Arial;font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline;white-space:pre-wrap;">Minutes</span></h1><p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;font-style:normal;text-decoration:none;white-space:pre-wrap;">We </span><span style="font-weight:700;white-space:pre-wrap;">agreed</span><span style="font-weight:400;white-space:pre-wrap;"> on </span><span style="font-style:italic;white-space:pre-wrap;">two</span><span style="white-space:pre-wrap;"> </span><span style="text-decoration:underline;white-space:pre-wrap;">things</span><span style="white-space:pre-wrap;">, </span><span style="text-decoration:line-through;white-space:pre-wrap;">three</span><span style="white-space:pre-wrap;">: </span><a href="https://example.org/" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;white-space:pre-wrap;">see</span></a></p><br /><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;white-space:pre;" aria-level="1"><p dir="ltr" role="presentation"><span style="white-space:pre-wrap;">A</span></p></li><ul><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span style="white-space:pre-wrap;">B</span></p></li></ul><li role="checkbox" aria-checked="true" aria-level="1"><p dir="ltr"><span>Ticked</span></p></li><li role="checkbox" aria-checked="false" aria-level="1"><p dir="ltr"><span>Open</span></p></li></ul></b><br class="Apple-interchange-newline">`

export const LIBREOFFICE = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head>
<meta name="generator" content="LibreOffice 7.4 (Linux)"/><style type="text/css">p { line-height: 115% }</style></head>
<body lang="en-GB" link="#000080" dir="ltr"><h1 class="western">Head</h1>
<p style="margin-bottom: 0.25cm">Text with <b>bold</b> and a
break<br/>
after it.</p>
<ol>
	<li><p style="line-height: 100%">
	one</p></li>
	<li><p>two</p></li>
</ol>
<p align="center">Centred</p>
</body></html>`

export const EXCEL = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-number-format:General}</style></head><body>
<table border=0 cellpadding=0 cellspacing=0 width=128><!--StartFragment-->
 <col width=64 span=2>
 <tr height=20>
  <td height=20 width=64>Name</td>
  <td width=64>Amount</td>
 </tr>
 <tr height=20><td>Ada</td><td align=right>1&nbsp;200</td></tr>
 <tr><td></td><td style='font-weight:700'>3</td></tr>
<!--EndFragment--></table></body></html>`

export const OUTLOOK = `<html><head><meta name="Generator" content="Microsoft Word 15 (filtered medium)"></head><body>
<div class="WordSection1"><table border="0"><tbody><tr><td style="padding:0cm"><p class="MsoNormal">Hello Ada,<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">See you <b><span style="color:red">soon</span></b>.<o:p></o:p></p></td></tr>
<tr><td><div>Bob</div></td></tr></tbody></table></div></body></html>`

export const VS_CODE = `<meta charset='utf-8'><div style="color: #d4d4d4;background-color: #1e1e1e;font-family: Consolas, 'Courier New', monospace;font-weight: normal;font-size: 14px;line-height: 19px;white-space: pre;"><div><span style="color: #569cd6;">const</span><span style="color: #d4d4d4;"> a = 1</span></div><div><span>    return a</span></div></div>`

export const CHAT = `<meta charset="utf-8"><span style="color: rgb(29, 28, 29); display: inline !important;">see <b>this</b> now</span>`
