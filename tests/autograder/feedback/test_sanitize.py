import pytest

from autograder.feedback.sanitize import clean_html, clean_markdown


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><circle/></svg>",
        "<a href='javascript:alert(1)'>a</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
        "<iframe src='http://elsewhere.example'></iframe>",
        "<form action='/formgrader/api'><input name=points></form>",
        "<style>@import 'http://elsewhere.example/x.css'</style>",
        "<p style='background:url(http://elsewhere.example/x)'>a</p>",
        "<div style='position:fixed;top:0;color:red'>over the page</div>",
        "<img src='http://elsewhere.example/who-opened-this.png'>",
        "<meta http-equiv=refresh content='0;url=http://elsewhere.example'>",
        "<object data='x'></object><embed src='x'>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
    ],
)
def test_what_could_act_is_gone(attack):
    cleaned = clean_html(attack).lower()
    for word in (
        "script",
        "onerror",
        "onload",
        "elsewhere",
        "iframe",
        "<form",
        "position",
        "<embed",
    ):
        assert word not in cleaned


@pytest.mark.parametrize(
    "kept",
    [
        '<table><tbody><tr><th scope="row">a</th><td>b</td></tr></tbody></table>',
        '<p style="margin:0"><strong>right</strong></p>',
        '<img alt="bars" src="data:image/png;base64,AAAA">',
        "<details><summary>Hint 1 of 3</summary>think</details>",
        '<span class="k">def</span>',
        "<p>$p_t \\mid z$ and 1 &lt; 2</p>",
    ],
)
def test_what_feedback_needs_stays(kept):
    assert clean_html(kept) == kept


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "<javascript:alert(1)>",
        "![x](http://elsewhere.example/x.png)",
        "![x](attachment:x.svg)",
    ],
)
def test_what_could_act_in_markdown_is_gone(attack):
    attached = {"x.svg": {"image/svg+xml": "' onerror='alert(1)"}}
    cleaned = clean_markdown({"cell": {"attachments": attached}}, attack)
    for word in ("<script", "onerror", 'href="javascript', "elsewhere", "svg+xml"):
        assert word not in cleaned


def test_markdown_keeps_its_form_its_formulas_and_its_images():
    attached = {"x.png": {"image/png": "iVBORw0KGgo="}}
    text = "# Title\n\n**bold** and $x_i < y$\n\n![a picture](attachment:x.png)"
    cleaned = clean_markdown({"cell": {"attachments": attached}}, text)
    assert "<strong>bold</strong>" in cleaned
    assert "$x_i &lt; y$" in cleaned
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in cleaned
