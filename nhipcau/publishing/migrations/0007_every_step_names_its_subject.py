import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0006_what_lists_repeat_so_far'),
    ]

    operations = [
        migrations.AlterField(
            model_name='openstep',
            name='subject',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='translation.subject'),
        ),
        migrations.AlterField(
            model_name='openstep',
            name='version',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='translation.languageversion'),
        ),
    ]
