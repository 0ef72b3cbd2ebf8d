"""What web pages of governments have in common: where their articles stand, and what beside them is no article."""

from __future__ import annotations

import re

ARTICLE = re.compile(
    r"(?:^|\s)(?:TRS_(?:Editor|UEDITOR|PreAppend)|trs_(?:editor_view|paper_default|web)|UCAP-CONTENT|zoom(?:con(?:tent)?)?|vsb_content(?:_\d+)?"
    r"|v_news_content|wp_articlecontent|pages_content|Article_content|article[-_]?(?:content|body|text|con)|news[-_]?(?:content|text|body)"
    r"|NewsContent|Custom_UnionStyle|ivs_content|info_content|xxgk[-_]?(?:content|con|nr)|xl_content|txt_con|text_content|detail[-_]?content"
    r"|j-fontContent|wzcon|wz_con|art_con|arc_cont|bt-content|conTxt|con_text|gknb_content|nr_?con(?:tent)?|zwcontent|zw_con)(?:\s|$)",
    re.IGNORECASE,
)
"""Names, as class or id, that the usual content systems give to the element that holds the article alone."""

SKIPPED_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "video",
        "audio",
        "map",
        "nav",
        "footer",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "dialog",
        "datalist",
    ]
)
"""Elements without text of an article. Forms are not among them: old portals wrap the whole page in one."""

SKIPPED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:b?share\w*|bdshare\w*|jiathis\w*|social\w*|qr-?code\w*|ewm|erweima|fontsize|font-size|zihao|print\w*|dayin|breadcrumbs?|crumbs?"
    r"|mianbaoxie|dqwz|weizhi|nav(?:bar|igation)?|menu|footer|foot|copyright|sidebar|related\w*|xgxw|xgwz|xgyd|pinglun|comments?|toolbar|gotop|backtop"
    r"|prevnext|pre_next|sxp|fenxiang|search\w*|login|no-?print|hidden|dn)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names, as class or id, of what stands beside an article or in it and is not part of it."""

NOISE_LINE = re.compile(
    r"^(?>(?:[\s|｜\[\]【】()（）>》«·:：/-]*(?:打印(?:本[页文])?|关闭(?:窗口|本页)?|收藏(?:本页)?|分享(?:到|至)?|复制链接|返回(?:顶部|首页|列表)?|纠错|语音播报|朗读|下载|点赞|微信|微博|新浪微博|QQ空间|QQ"
    r"|字体(?:大小)?|字号|大号?|中号?|小号?|特大|默认|保护视力色?|背景色?|繁体(?:版)?|无障碍(?:阅读|浏览)?|适老版|长者(?:版|模式)|A[+-]?))+)[\s|｜\[\]【】()（）>》«·:：/-]*$"
    r"|^(?:上一[篇条页]|下一[篇条页]|相关(?:附件|链接|文档|新闻|阅读|推荐|信息|稿件|文章)|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|技术支持|网站(?:标识码|地图|声明)|(?:您)?(?:当前|所在|现在)的?位置|首页 ?[>»›/]"
    r"|[一-龥]?ICP备|.{0,12}公网安备|分享到?[:：]|责任编辑|【?(?:打印|关闭|字体)|(?:浏览|阅读|点击)(?:次数|量|数)?[:：]? ?\d*$|扫一扫|\(?附件下载|当前位置|字体[:：]|文章来源[:：]?$)"
)
"""Lines that portals put above, below and into articles. Lines with the report's data (发布日期…) are not among them."""

SITE = re.compile(r"\s*(?:[_|｜—–]|(?<=\S) - |-(?=[^-]*(?:网|政府|门户|公开|局|厅|委)[^-]{0,6}$)).*$")
"""What a page's ``<title>`` adds after the title: the column and the site."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "ucapcontent",
    ]
)
"""Elements that begin and end a line."""
