"""Words of claims, evidence, the statement, its approval and issue on *Vụ việc*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "case.state.awaiting-approval": ("chờ phê duyệt", "awaiting approval"),
    "case.state.issued": ("đã phát hành", "issued"),
    "case.state.followed": ("đang theo dõi", "being followed"),
    "case.move.awaiting-approval": ("Gửi phê duyệt", "Hand in for approval"),
    "case.move.followed": ("Theo dõi dư luận", "Follow what comes of it"),
    "case.back_to_drafting": ("Đưa về soạn", "Back to drafting"),
    "case.further": ("Soạn trả lời thêm", "Draft a further answer"),
    "case.act.claimed": ("trích điểm {n} từ bài báo", "quoted claim {n} from an article"),
    "case.act.attached": ("đính kèm chứng cứ cho điểm {n}", "attached evidence to claim {n}"),
    "case.act.marked": ("kết luận điểm {n}: {verdict}", "said of claim {n}: {verdict}"),
    "case.act.approved": ("phê duyệt bản {n}", "approved version {n}"),
    "case.act.issued": ("phát hành bản {n}", "issued version {n}"),
    # -- claims
    "claims": ("Điểm báo chí nêu", "Claims of the press"),
    "claims.none": (
        "Chưa trích điểm nào. Chép nguyên văn một câu của bài báo để xác minh và trả lời đúng câu ấy.",
        "No claims yet. Copy a sentence of an article word for word, to verify and answer just that.",
    ),
    "claims.add": ("Trích một câu", "Quote a sentence"),
    "claims.article": ("Từ bài", "From the article"),
    "claims.sentence": ("Câu nguyên văn", "The sentence, word for word"),
    "claims.quote": ("Trích", "Quote"),
    "claims.quoted": ("Đã trích điểm {n}.", "Claim {n} is quoted."),
    "claims.from": ("bản {revision} của bài, {who} trích {time}", "revision {revision}, quoted by {who} {time}"),
    "claims.open": ("chưa kết luận", "open"),
    "claims.marked": ("{who} kết luận {time}: {why}", "said by {who} {time}: {why}"),
    "claims.verdict": ("Kết luận", "Verdict"),
    "claims.verdict.accurate": ("chính xác", "accurate"),
    "claims.verdict.inaccurate": ("không chính xác", "inaccurate"),
    "claims.verdict.incomplete": ("chưa đầy đủ", "incomplete"),
    "claims.verdict.unverifiable": ("không xác minh được", "cannot be verified"),
    "claims.why": ("Căn cứ", "On what grounds"),
    "claims.mark": ("Ghi kết luận dưới tên tôi", "Say so, in my name"),
    "claims.mark_help": (
        "Cần ít nhất một chứng cứ. Máy không bao giờ kết luận.",
        "At least one exhibit is needed. The machine never says so.",
    ),
    "claims.marked_done": ("Đã ghi kết luận về điểm {n}.", "Your verdict on claim {n} is kept."),
    "claims.attach": ("Đính kèm chứng cứ", "Attach evidence"),
    "claims.attach.document": ("Số văn bản", "Number of an official document"),
    "claims.attach.link": ("hoặc liên kết", "or a link"),
    "claims.attach.name": ("Trích yếu, tên gọi", "What it is called"),
    "claims.attach.file": ("hoặc tệp (tối đa {n} MB)", "or a file (up to {n} MB)"),
    "claims.attach.do": ("Đính kèm", "Attach"),
    "claims.attach.nothing": (
        "Ghi số văn bản, hoặc liên kết, hoặc chọn một tệp",
        "Give a document's number, or a link, or choose a file",
    ),
    "claims.attached": ("Đã đính kèm vào điểm {n}.", "It is attached to claim {n}."),
    "claims.download": ("Tải về {name}", "Download {name}"),
    # -- the statement
    "statement.form": ("Hình thức trả lời", "Form of answering"),
    "statement.form_none": ("chưa chọn", "not chosen"),
    "statement.source": ("Theo {source}, kiểm tra {date}.", "By {source}, checked {date}."),
    "statement.speaker": ("Người phát ngôn (chức vụ, họ tên)", "Who speaks (office, name)"),
    "statement.facts": (
        "Cuối câu trả lời điểm nào, ghi [#số] của điểm ấy, như [#1]. Dấu này không có trong bản phát hành.",
        "After a sentence that answers a claim write its number as [#1]. The mark is not in what is issued.",
    ),
    "statement.languages": ("Ngôn ngữ khác", "Other languages"),
    "statement.begin": ("Điền mẫu của hình thức này", "Fill in the form's own text"),
    # -- approval
    "approve": ("Phê duyệt và phát hành", "Approval and issue"),
    "approve.waits": (
        "Bản {n} chờ người thứ hai phê duyệt. Ai đã soạn bản nào thì không phê duyệt.",
        "Version {n} waits for a second person. Who wrote any version does not approve it.",
    ),
    "approve.do": ("Phê duyệt bản {n}", "Approve version {n}"),
    "approve.done": ("Đã phê duyệt bản {n}.", "Version {n} is approved."),
    "approve.approved": ("{who} đã phê duyệt bản {n} lúc {time}.", "{who} approved version {n} at {time}."),
    "issue.help": (
        "Phát hành là lập văn bản và ghi lại đã đưa cho ai, qua đâu. Phần mềm không gửi gì cho báo chí.",
        "To issue is to make the documents and write down who got them and how. Nothing is sent to the press.",
    ),
    "issue.channel": ("Đưa ra bằng", "Given out by"),
    "issue.recipients": ("Nơi nhận, hoặc nơi đăng", "Who received it, or where it stands"),
    "issue.registered": ("Số văn bản (nếu đã có)", "Number of the registry (if there is one)"),
    "issue.do": ("Phát hành", "Issue"),
    "issue.done": ("Đã phát hành; văn bản ở dưới.", "It is issued; the documents are below."),
    "issue.line": ("Bản {n} · {form} · {to} · {who}, {time}", "Version {n} · {form} · {to} · {who}, {time}"),
}
